using TlsInterop.Tls.Scripted.Profiles;

namespace TlsInterop.Tls.Scripted;

/// <summary>What a scripted client is told about one connection.</summary>
public sealed record ClientOptions
{
    /// <summary>Whom it plays.</summary>
    public required ClientProfile Profile { get; init; }

    /// <summary>How it departs from the plain handshake.</summary>
    public Behaviour Behaviour { get; init; } = new();

    /// <summary>The name of server_name; null for none.</summary>
    public string? ServerName { get; init; }

    /// <summary>What it goes on with; null for a session of its own.</summary>
    public ScriptedSession? Session { get; init; }

    /// <summary>Makes all its random octets the same again; null for real ones.</summary>
    public long? Seed { get; init; }

    /// <summary>The moment that certificates are judged at.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Its own chain, leaf first, in DER; empty if it has none.</summary>
    public IReadOnlyList<byte[]> Chain { get; init; } = [];

    /// <summary>The private key of the chain's leaf, PKCS #8; null if it has none.</summary>
    public byte[]? PrivateKey { get; init; }

    /// <summary>Receives each line of the key log (RFC 9850); null for nobody.</summary>
    public Action<string>? KeyLog { get; init; }
}
