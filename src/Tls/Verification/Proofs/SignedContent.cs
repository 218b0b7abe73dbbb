using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>
/// What the signatures of a handshake cover. In CertificateVerify of TLS 1.0 to 1.2 it is the transcript itself.
/// </summary>
public static class SignedContent
{
    /// <summary>What a server signs in ServerKeyExchange, TLS 1.0 to 1.2.</summary>
    /// <param name="clientRandom">Random of the ClientHello.</param>
    /// <param name="serverRandom">Random of the ServerHello.</param>
    /// <param name="parameters">The bytes of ServerDHParams or ServerECDHParams as they came.</param>
    public static byte[] ServerKeyExchange(
        ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom, ReadOnlySpan<byte> parameters) =>
        // RFC 5246, Section 7.4.3; RFC 8422, Section 5.4
        [.. clientRandom, .. serverRandom, .. parameters];

    /// <summary>What CertificateVerify signs in TLS 1.3.</summary>
    /// <param name="signer">Who sends it.</param>
    /// <param name="hash">The suite's hash.</param>
    /// <param name="transcript">All handshake messages before the CertificateVerify.</param>
    public static byte[] CertificateVerify13(Direction signer, string hash, Transcript transcript)
    {
        // RFC 8446, Section 4.4.3: 64 blanks, the context string, a zero octet, the transcript hash
        var context = Encoding.ASCII.GetBytes(
            $"{new string(' ', 64)}TLS 1.3, {Sender.Of(signer)} CertificateVerify\0");
        return [.. context, .. transcript.Hash(hash)];
    }
}
