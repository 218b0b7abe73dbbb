using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class CipherCases
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("cipher-null", "a recorded session", () => SessionEvidence.Of("tls1.2-RSA_WITH_NULL_SHA256")),
        Quiet("cipher-null", "AES-GCM", () => SessionEvidence.Of(Tls12)),
        Loud("cipher-rc4", "a recorded session", () => SessionEvidence.Of("tls1.0-RSA_WITH_RC4_128_SHA")),
        Loud("cipher-rc4", "a hello in the form of SSL 2.0", () => SslV2Cases.OldForm("tls1.0-RSA_WITH_RC4_128_SHA")),
        Quiet("cipher-rc4", "AES-GCM", () => SessionEvidence.Of(Tls12)),
        Loud("cipher-export", "RSA_EXPORT_WITH_RC4_40_MD5", () =>
            SessionEvidence.With("tls1.0-RSA_WITH_RC4_128_SHA", item =>
            item.Message.Body is ServerHello hello ? hello with { CipherSuite = new CipherSuite(0x0003) } : null)),
        Quiet("cipher-export", "the RC4 with a whole key", () => SessionEvidence.Of("tls1.0-RSA_WITH_RC4_128_SHA")),
        Loud("cipher-short-block", "3DES", () => SessionEvidence.Of("tls1.0-RSA_WITH_3DES_EDE_CBC_SHA")),
        Loud("cipher-short-block", "IDEA", () => SessionEvidence.Of("tls1.0-RSA_WITH_IDEA_CBC_SHA")),
        Quiet("cipher-short-block", "AES-CBC", () => SessionEvidence.Of("tls1.0-RSA_WITH_AES_128_CBC_SHA")),
        Loud("key-exchange-not-ephemeral", "RSA", () => SessionEvidence.Of("tls1.2-RSA_WITH_AES_128_GCM_SHA256")),
        Quiet("key-exchange-not-ephemeral", "ECDHE", () => SessionEvidence.Of(Tls12)),
        Quiet("key-exchange-not-ephemeral", "TLS 1.3", () => SessionEvidence.Of("tls1.3-AES_128_GCM_SHA256")),
        Loud("cipher-anonymous", "DH_anon", () => Chosen(0x0034)),
        Loud("cipher-anonymous", "ECDH_anon", () => Chosen(0xc018)),
        Loud("cipher-anonymous", "NULL_WITH_NULL_NULL", () => Chosen(0x0000)),
        Quiet("cipher-anonymous", "a pre-shared key", () => Chosen(0x008c)),
        Quiet("cipher-anonymous", "RSA", () => SessionEvidence.Of("tls1.2-RSA_WITH_AES_128_GCM_SHA256")),
        Quiet("cipher-anonymous", "TLS 1.3", () => SessionEvidence.Of("tls1.3-AES_128_GCM_SHA256")),
    ];

    private static Evidence Chosen(ushort suite) => SessionEvidence.With(Tls12, item =>
        item.Message.Body is ServerHello hello ? hello with { CipherSuite = new CipherSuite(suite) } : null);
}
