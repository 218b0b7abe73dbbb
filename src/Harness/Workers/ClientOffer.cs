using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>What a client is to offer.</summary>
/// <param name="Version">The one version, or null for the stack's own choice.</param>
/// <param name="Suite">The one suite, or null for the stack's own list.</param>
/// <param name="Group">The one group, or null for the stack's own list.</param>
/// <param name="ServerName">The name that the certificate must be for.</param>
/// <param name="CaPath">Path of the trusted roots, PEM; null for those of the system.</param>
internal sealed record ClientOffer(
    ProtocolVersion? Version, ushort? Suite, string? Group, string ServerName, string? CaPath)
{
    /// <summary>The name in server_name (RFC 6066, Section 3), or null for none.</summary>
    public string? NamedServer { get; init; } = ServerName;

    /// <summary>The one application protocol (RFC 7301), or null.</summary>
    public string? Alpn { get; init; }

    /// <summary>The client's own certificate, or null if it has none.</summary>
    public CertificateFiles? Certificate { get; init; }

    /// <summary>True if the server is asked for an OCSP response (RFC 6066, Section 8).</summary>
    public bool AsksForStatus { get; init; }

    /// <summary>Makes the random octets of a scripted client the same again; null for real ones.</summary>
    public long? Seed { get; init; }

    /// <summary>How it departs from the plain handshake; null for not at all.</summary>
    public Quirk? Quirk { get; init; }

    /// <summary>True if it is to say that it takes tickets (RFC 5077).</summary>
    public bool TakesTickets { get; init; }

    /// <summary>Where the session of a connection stays for the next one; null if none is to be resumed.</summary>
    public SessionMemory? Session { get; init; }
}
