using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

/// <summary>The session selects secp384r1 where the client sent a share of x25519.</summary>
internal static class HelloRetryCases
{
    private const byte Secp256r1 = 23;
    private const byte X25519 = 29;
    private static readonly byte[] Cookie = [0, 1, 7];

    public static readonly RuleCase[] Rows =
    [
        Loud("retry-twice", "once more", () => SessionEvidence.WithEvents(Tls13Retry, events =>
            [.. events.Take(2), .. events.Skip(1)])),
        Quiet("retry-twice", "once", () => SessionEvidence.Of(Tls13Retry)),

        Loud("retry-without-change", "nothing asked", () => Retry(hello => hello.Without(ExtensionType.KeyShare))),
        Quiet("retry-without-change", "a cookie alone", () => Retry(
            hello => hello.Without(ExtensionType.KeyShare).With(ExtensionType.Cookie, Cookie))),

        Loud("retry-for-a-share-at-hand", "x25519",
            () => Retry(hello => hello.With(ExtensionType.KeyShare, 0, X25519))),
        Quiet("retry-for-a-share-at-hand", "another group", () => SessionEvidence.Of(Tls13Retry)),

        Loud("retry-changed-hello", "other suites",
            () => Second(hello => hello with { CipherSuites = [.. hello.CipherSuites, new CipherSuite(0x1301)] })),
        Loud("retry-changed-hello", "another random", () => Second(hello => hello with { Random = new byte[32] })),
        Loud("retry-changed-hello", "an extension more",
            () => Second(hello => hello.With(ExtensionType.PostHandshakeAuth))),
        Loud("retry-changed-hello", "an extension less",
            () => Second(hello => hello.Without(ExtensionType.SessionTicket))),
        Loud("retry-changed-hello", "other groups",
            () => Second(hello => hello.With(ExtensionType.SupportedGroups, 0, 2, 0, 24))),
        Quiet("retry-changed-hello", "another share and padding",
            () => Second(hello => hello.With(ExtensionType.Padding, 0))),

        Loud("retry-share", "none", () => Second(hello => hello.Without(ExtensionType.KeyShare))),
        Loud("retry-share", "of another group",
            () => Second(hello => hello.With(ExtensionType.KeyShare, 0, 5, 0, Secp256r1, 0, 1, 4))),
        Quiet("retry-share", "the selected one", () => SessionEvidence.Of(Tls13Retry)),

        Loud("retry-cookie", "not repeated", () => Retry(hello => hello.With(ExtensionType.Cookie, Cookie))),
        Loud("retry-cookie", "made up", () => Second(hello => hello.With(ExtensionType.Cookie, Cookie))),
        Loud("retry-cookie", "in a first hello", () => Offer(Tls13, hello => hello.With(ExtensionType.Cookie, Cookie))),
        Quiet("retry-cookie", "repeated", () => Cookies(Cookie, Cookie)),
        Loud("retry-cookie", "another", () => Cookies(Cookie, [0, 1, 8])),

        Loud("retry-early-data", "in the second hello", () => Second(hello => hello.With(ExtensionType.EarlyData))),
        Quiet("retry-early-data", "in the first hello",
            () => Nth<ClientHello>(Tls13Retry, 0, hello => hello.With(ExtensionType.EarlyData))),

        Loud("retry-other-suite", "AES-128",
            () => Choice(Tls13Retry, hello => hello with { CipherSuite = new CipherSuite(0x1301) })),
        Quiet("retry-other-suite", "the same", () => SessionEvidence.Of(Tls13Retry)),

        Loud("retry-other-version", "TLS 1.2",
            () => Choice(Tls13Retry, hello => hello.Without(ExtensionType.SupportedVersions))),
        Quiet("retry-other-version", "the same", () => SessionEvidence.Of(Tls13Retry)),

        Loud("retry-other-group", "x25519", () => Choice(Tls13Retry, hello =>
            hello.With(ExtensionType.KeyShare, [0, X25519, .. Vector16(new byte[32])]))),
        Quiet("retry-other-group", "the same", () => SessionEvidence.Of(Tls13Retry)),
    ];

    private static Evidence Retry(Func<ServerHello, ServerHello> change) => Nth(Tls13Retry, 0, change);

    private static Evidence Second(Func<ClientHello, ClientHello> change) => Nth(Tls13Retry, 1, change);

    private static Evidence Cookies(byte[] asked, byte[] sent)
    {
        var hellos = 0;
        return SessionEvidence.With(Tls13Retry, item => item.Message.Body switch
        {
            ServerHello { IsHelloRetryRequest: true } retry => retry.With(ExtensionType.Cookie, asked),
            ClientHello hello when hellos++ == 1 => hello.With(ExtensionType.Cookie, sent),
            _ => null,
        });
    }
}
