using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Keys;

internal static class KeyShareCases
{
    private const byte Secp256k1 = 22;
    private const byte Secp256r1 = 23;
    private const byte X25519 = 29;

    public static readonly RuleCase[] Rows =
    [
        Loud("share-not-in-groups", "groups without it",
            () => Offer(Tls13, hello => hello.With(ExtensionType.SupportedGroups, 0, 2, 0, Secp256r1))),
        Quiet("share-not-in-groups", "two shares", () => SessionEvidence.Of(Tls13GnuTls)),

        Loud("share-order", "groups the other way round",
            () => Offer(
                Tls13GnuTls, hello => hello.With(ExtensionType.SupportedGroups, 0, 4, 0, X25519, 0, Secp256r1))),
        Quiet("share-order", "a group without a share between them", () => SessionEvidence.Of(Tls13GnuTls)),

        Loud("share-twice", "x25519", () => Offer(Tls13, hello => Shares(hello, shares => [.. shares, .. shares]))),
        Quiet("share-twice", "of two groups", () => SessionEvidence.Of(Tls13GnuTls)),

        Loud("share-not-offered", "the server takes the group of no share",
            () => Offer(
                Tls13GnuTls, hello => Shares(hello, shares => shares.Where(share => share.Group.Code == X25519)))),
        Quiet("share-not-offered", "the first of two", () => SessionEvidence.Of(Tls13GnuTls)),
        Quiet("share-not-offered", "after HelloRetryRequest", () => SessionEvidence.Of(Tls13Retry)),

        Loud("group-not-of-version", "secp256k1 in TLS 1.3", () => Choice(
            Tls13, hello => hello.With(ExtensionType.KeyShare, [0, Secp256k1, .. Vector16(new byte[65])]))),
        Quiet("group-not-of-version", "x25519 in TLS 1.3", () => SessionEvidence.Of(Tls13)),
        Quiet("group-not-of-version", "x25519 in TLS 1.2", () => SessionEvidence.Of(Tls12)),
    ];

    private static ClientHello Shares(
        ClientHello hello, Func<IReadOnlyList<KeyShareEntry>, IEnumerable<KeyShareEntry>> change)
    {
        var shares = change(hello.Extensions.Find<KeyShareExtension>()!.Entries)
            .SelectMany(share => (byte[])[.. U16(share.Group.Code), .. Vector16(share.KeyExchange.ToArray())]);
        return hello.With(ExtensionType.KeyShare, Vector16([.. shares]));
    }
}
