using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>What a report tells of a ClientHello. Null: it does not tell.</summary>
public sealed record ImportedHello
{
    /// <summary>legacy_version.</summary>
    public ProtocolVersion? Version { get; init; }

    /// <summary>Version in the header of its record.</summary>
    public ProtocolVersion? RecordVersion { get; init; }

    /// <summary>Octets of legacy_session_id.</summary>
    public int? SessionIdLength { get; init; }

    /// <summary>In wire order.</summary>
    public IReadOnlyList<CipherSuite>? Suites { get; init; }

    /// <summary>In wire order.</summary>
    public IReadOnlyList<CompressionMethod>? CompressionMethods { get; init; }

    /// <summary>In the order of the report.</summary>
    public IReadOnlyList<ExtensionShape>? Extensions { get; init; }

    /// <summary>Types of extensions that are there, though the report does not tell what they say.</summary>
    public IReadOnlySet<ExtensionType> Untold { get; init; } = new HashSet<ExtensionType>();

    /// <summary>The host name of server_name, or null if it has none.</summary>
    public string? ServerName { get; init; }

    /// <summary>How much of it there is; null if that is all of it, or nobody knows.</summary>
    public PartOfHello? Incomplete { get; init; }

    /// <summary>The message itself where its octets are known; then nothing is guessed.</summary>
    public ClientHello? Sent { get; init; }
}
