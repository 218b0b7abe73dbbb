using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>What a report tells of the server's choice. Null: it does not tell, or nothing was chosen.</summary>
public sealed record ImportedAnswer
{
    /// <summary>The version.</summary>
    public ProtocolVersion? Version { get; init; }

    /// <summary>The suite.</summary>
    public CipherSuite? Suite { get; init; }

    /// <summary>The group of the key exchange.</summary>
    public string? Group { get; init; }

    /// <summary>The application protocol.</summary>
    public string? Alpn { get; init; }

    /// <summary>True if it asked for another hello first.</summary>
    public bool HasHelloRetryRequest { get; init; }

    /// <summary>Whom its certificates are for, its own first.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];
}
