using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class ServerChoiceCases
{
    private const string Pss = "tls1.2-rsa_pss_pss-certificate";
    private static readonly CipherSuite Grease = new(0x1a1a);
    private static readonly CipherSuite EcdheEcdsa = new(0xc02b);
    private static readonly CipherSuite Rsa = new(0x009c);

    public static readonly RuleCase[] Rows =
    [
        Loud("suite-not-of-certificate", "ECDSA with an RSA key",
            () => Choice(Tls12, hello => hello with { CipherSuite = EcdheEcdsa })),
        Loud("suite-not-of-certificate", "RSA key transport with a key for signatures alone",
            () => Choice(Pss, hello => hello with { CipherSuite = Rsa })),
        Quiet("suite-not-of-certificate", "ECDHE with a key for signatures alone", () => SessionEvidence.Of(Pss)),
        Quiet("suite-not-of-certificate", "ECDSA with an elliptic key",
            () => SessionEvidence.Of("tls1.2-ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")),

        Loud("grease-chosen", "a suite", () => Choice(Tls13, hello => hello with { CipherSuite = Grease })),
        Loud("grease-chosen", "an extension", () => Encrypted(Tls13, new ExtensionType(0x3a3a))),
        Loud("grease-chosen", "a group",
            () => Choice(Tls13, hello => hello.With(ExtensionType.KeyShare, 0x2a, 0x2a, 0, 1, 0))),
        Quiet("grease-chosen", "offered only",
            () => Offer(Tls13, hello => hello with { CipherSuites = [Grease, .. hello.CipherSuites] })),

        Loud("scheme-not-of-version", "PKCS1", () => Signed(Tls13, 0x0401)),
        Loud("scheme-not-of-version", "SHA-1", () => Signed(Tls13, 0x0203)),
        Quiet("scheme-not-of-version", "PSS", () => SessionEvidence.Of(Tls13)),
        Quiet("scheme-not-of-version", "PKCS1 in TLS 1.2", () => Signed(Tls12ClientCertificate, 0x0401)),

        Loud("version-deprecated", "TLS 1.0", () => SessionEvidence.Of(Tls10)),
        Quiet("version-deprecated", "TLS 1.2", () => SessionEvidence.Of(Tls12)),

        Loud("compression-chosen", "deflate",
            () => Choice(Tls12, hello => hello with { CompressionMethod = new CompressionMethod(1) })),
        Quiet("compression-chosen", "offered only", () => Offer(
            Tls12, hello => hello with { CompressionMethods = [new CompressionMethod(1), CompressionMethod.Null] })),

        Loud("extended-master-secret-absent", "of the server",
            () => Choice(Tls12, hello => hello.Without(ExtensionType.ExtendedMasterSecret))),
        Loud("extended-master-secret-absent", "of the client", () => Both(
            Tls12,
            hello => hello.Without(ExtensionType.ExtendedMasterSecret),
            hello => hello.Without(ExtensionType.ExtendedMasterSecret))),
        Quiet("extended-master-secret-absent", "agreed on", () => SessionEvidence.Of(Tls12)),
        Quiet("extended-master-secret-absent", "TLS 1.3", () => SessionEvidence.Of(Tls13)),
        Quiet("extended-master-secret-absent", "SSL 3.0", () => SessionEvidence.Of("ssl3-RSA_WITH_AES_128_CBC_SHA")),
    ];

    private static Evidence Signed(string name, ushort scheme) => Nth<CertificateVerify>(
        name, 0, verify => verify with { Scheme = new SignatureScheme(scheme) });
}
