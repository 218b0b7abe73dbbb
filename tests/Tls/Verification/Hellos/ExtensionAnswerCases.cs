using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class ExtensionAnswerCases
{
    private const string Rc4 = "tls1.2-RSA_WITH_RC4_128_MD5";
    private const string Null = "tls1.2-RSA_WITH_NULL_SHA256";
    private const string EncryptThenMac = "tls1.2-ECDHE_RSA_WITH_AES_256_CBC_SHA384-etm";
    private static readonly ExtensionType Alpn = ExtensionType.ApplicationLayerProtocolNegotiation;
    private static readonly byte[] H2 = [0, 3, 2, (byte)'h', (byte)'2'];
    private static readonly byte[] Http = [0, 9, 8, .. "http/1.1"u8];
    private static readonly byte[] H2AndHttp = [0, 12, .. H2[2..], .. Http[2..]];

    public static readonly RuleCase[] Rows =
    [
        Loud("server-name-answer", "an octet", () => Choice(Tls12, hello => hello.With(ExtensionType.ServerName, 0))),
        Quiet("server-name-answer", "nothing", () => Choice(Tls12, hello => hello.With(ExtensionType.ServerName))),

        Loud("alpn-answer", "two", () => Agreed(Alpn, H2AndHttp, H2AndHttp)),
        Loud("alpn-answer", "two in EncryptedExtensions", () => Encrypted(Tls13, Alpn, H2AndHttp)),
        Quiet("alpn-answer", "one of two", () => Agreed(Alpn, H2AndHttp, Http)),

        Loud("alpn-not-offered", "another", () => Agreed(Alpn, H2, Http)),
        Quiet("alpn-not-offered", "the second", () => Agreed(Alpn, H2AndHttp, Http)),

        Loud("max-fragment-length-answer", "another", () => Agreed(ExtensionType.MaxFragmentLength, [1], [2])),
        Quiet("max-fragment-length-answer", "the same", () => Agreed(ExtensionType.MaxFragmentLength, [1], [1])),

        Loud("record-size-limit-and-fragment-length", "both", () => Choice(Tls12, hello =>
            hello.With(ExtensionType.MaxFragmentLength, 1).With(ExtensionType.RecordSizeLimit, 0x40, 0))),
        Quiet("record-size-limit-and-fragment-length", "both asked for, one answered", () => Both(Tls12,
            hello => hello.With(ExtensionType.MaxFragmentLength, 1).With(ExtensionType.RecordSizeLimit, 0x40, 0),
            hello => hello.With(ExtensionType.RecordSizeLimit, 0x40, 0))),

        Loud("certificate-type-not-offered", "another", () => Agreed(ExtensionType.ServerCertificateType, [1, 2], [0])),
        Quiet("certificate-type-not-offered", "the second", () =>
            Agreed(ExtensionType.ServerCertificateType, [2, 2, 0], [0])),

        Loud("encrypt-then-mac-without-block-cipher", "an AEAD",
            () => Choice(Tls12, hello => hello.With(ExtensionType.EncryptThenMac))),
        Loud("encrypt-then-mac-without-block-cipher", "RC4",
            () => Choice(Rc4, hello => hello.With(ExtensionType.EncryptThenMac))),
        Quiet("encrypt-then-mac-without-block-cipher", "CBC", () => SessionEvidence.Of(EncryptThenMac)),
        Quiet("encrypt-then-mac-without-block-cipher", "no cipher",
            () => Choice(Null, hello => hello.With(ExtensionType.EncryptThenMac))),
    ];

    private static Evidence Agreed(ExtensionType type, byte[] asked, byte[] answered) =>
        Both(Tls12, hello => hello.With(type, asked), hello => hello.With(type, answered));
}
