using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>What an end meets at one moment of a handshake: one of these.</summary>
internal sealed record Encounter
{
    /// <summary>A record of the peer without its protection.</summary>
    public OpenedRecord? Record { get; init; }

    /// <summary>A handshake message of the peer.</summary>
    public HandshakeMessage? Message { get; init; }

    /// <summary>
    /// The peer's chain, leaf first, when it has said all that it has to say before the answer, up to the first
    /// certificate that can't be read.
    /// </summary>
    public IReadOnlyList<CertificateSummary> Chain { get; init; } = [];

    /// <summary>The moment that certificates are judged at.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The name that the peer was called by, or null.</summary>
    public string? ServerName { get; init; }
}
