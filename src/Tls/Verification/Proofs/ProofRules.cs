using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>What the two ends prove to each other, recomputed by an independent implementation.</summary>
internal static class ProofRules
{
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "finished-verify-data", "RFC 8446, Section 4.4.4; RFC 5246, Section 7.4.9",
            "The verify_data of a Finished is computed from the secrets and from all handshake messages before it.",
            Severity.Error,
            (handshake, hits) => Wrong(handshake, HandshakeType.Finished, hits)),
        Rule.OfHandshake(
            "server-key-exchange-signature", "RFC 5246, Section 7.4.3",
            "The signature of ServerKeyExchange covers both randoms and the parameters "
                + "and fits the server's certificate.",
            Severity.Error,
            (handshake, hits) => Wrong(handshake, HandshakeType.ServerKeyExchange, hits)),
        Rule.OfHandshake(
            "certificate-verify-signature", "RFC 8446, Section 4.4.3; RFC 5246, Section 7.4.8",
            "The signature of CertificateVerify covers the handshake so far and fits the certificate of its sender.",
            Severity.Error,
            (handshake, hits) => Wrong(handshake, HandshakeType.CertificateVerify, hits)),
    ];

    private static void Wrong(SeenHandshake handshake, HandshakeType type, RuleHits hits)
    {
        foreach (var check in handshake.Checks)
        {
            if (check.Status == CheckStatus.Wrong && check.Event.Message.Type == type)
                hits.Add($"{type}: {check.Reason}.", check.Event, Proof(check.Event.Message.Body));
        }
    }

    private static ReadOnlyMemory<byte> Proof(HandshakeBody body) => body switch
    {
        Finished finished => finished.VerifyData,
        CertificateVerify verify => verify.Signature,
        ServerKeyExchange { Signature: { } signature } => signature,
        _ => default,
    };
}
