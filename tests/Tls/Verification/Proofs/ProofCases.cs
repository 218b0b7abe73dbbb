using TlsInterop.Tls.Messages;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Proofs;

internal static class ProofCases
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("finished-verify-data", "one bit differs", () => SessionEvidence.With(Tls12, item =>
            item.Message.Body is Finished finished ? new Finished(Flipped(finished.VerifyData)) : null)),
        Quiet("finished-verify-data", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("server-key-exchange-signature", "another client random", () => SessionEvidence.With(Tls12, item =>
            item.Message.Body is ClientHello hello ? hello with { Random = Flipped(hello.Random) } : null)),
        Quiet("server-key-exchange-signature", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("certificate-verify-signature", "one bit differs", () => SessionEvidence.With(Tls13, item =>
            item.Message.Body is CertificateVerify verify
                ? verify with { Signature = Flipped(verify.Signature) }
                : null)),
        Quiet("certificate-verify-signature", "a recorded session", () => SessionEvidence.Of(Tls13)),
    ];

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }
}
