using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Serve;

/// <summary>How far a handshake had come when it ended.</summary>
internal static class HandshakePlace
{
    // RFC 5246, Section 7.3; RFC 8446, Section 2. Of the two ends of TLS 1.3 and of those before, in one order.
    private static readonly string[] Order =
    [
        .. new[]
        {
            HandshakeType.ClientHello, HandshakeType.ServerHello, HandshakeType.EncryptedExtensions,
            HandshakeType.Certificate, HandshakeType.CertificateStatus, HandshakeType.ServerKeyExchange,
            HandshakeType.CertificateRequest, HandshakeType.ServerHelloDone, HandshakeType.ClientKeyExchange,
            HandshakeType.CertificateVerify, HandshakeType.Finished, HandshakeType.NewSessionTicket,
        }.Select(type => type.ToString()),
    ];

    /// <summary>
    /// True if a handshake ended earlier than another: what made the other one end could not show in it.
    /// </summary>
    /// <param name="after">The last message of it; null if there was none.</param>
    /// <param name="other">The last message of the other one, likewise.</param>
    public static bool IsBefore(string? after, string? other) =>
        Array.IndexOf(Order, after) < Array.IndexOf(Order, other);
}
