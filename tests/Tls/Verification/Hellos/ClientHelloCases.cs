using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class ClientHelloCases
{
    public static readonly RuleCase[] Rows =
    [
        Loud("offer-without-signature-algorithms", "a full handshake",
            () => Offer(Tls13, hello => hello.Without(ExtensionType.SignatureAlgorithms))),
        Quiet("offer-without-signature-algorithms", "with a pre-shared key",
            () => Offer(Tls13Resumed, hello => hello.Without(ExtensionType.SignatureAlgorithms))),

        Loud("offer-share-and-groups", "no share", () => Offer(Tls13, hello => hello.Without(ExtensionType.KeyShare))),
        Loud("offer-share-and-groups", "no groups",
            () => Offer(Tls13, hello => hello.Without(ExtensionType.SupportedGroups))),
        Quiet("offer-share-and-groups", "groups alone in TLS 1.2", () => SessionEvidence.Of(Tls12)),

        Loud("offer-psk-last", "something behind it",
            () => Offer(Tls13Resumed, hello => hello.With(new ExtensionType(0x7777)))),
        Quiet("offer-psk-last", "nothing behind it", () => SessionEvidence.Of(Tls13Resumed)),

        Loud("offer-psk-modes", "none",
            () => Offer(Tls13Resumed, hello => hello.Without(ExtensionType.PskKeyExchangeModes))),
        Quiet("offer-psk-modes", "no key offered",
            () => Offer(Tls13, hello => hello.Without(ExtensionType.PskKeyExchangeModes))),

        Loud("offer-psk-binders", "one too many", () => Offer(Tls13Resumed, OneBinderMore)),
        Quiet("offer-psk-binders", "one for one", () => SessionEvidence.Of(Tls13Resumed)),

        Loud("offer-without-groups", "ECDHE",
            () => Offer(Tls12, hello => hello.Without(ExtensionType.SupportedGroups))),
        Quiet("offer-without-groups", "RSA alone", () => SessionEvidence.Of(Tls10)),

        Loud("point-format-uncompressed", "of a client",
            () => Offer(Tls12, hello => hello.With(ExtensionType.EcPointFormats, 1, 1))),
        Loud("point-format-uncompressed", "of a server",
            () => Choice(Tls12, hello => hello.With(ExtensionType.EcPointFormats, 1, 2))),
        Quiet("point-format-uncompressed", "behind another",
            () => Offer(Tls12, hello => hello.With(ExtensionType.EcPointFormats, 2, 1, 0))),
    ];

    private static ClientHello OneBinderMore(ClientHello hello)
    {
        var psk = hello.Extensions.Find<PreSharedKeyExtension>()!;
        byte[] identities =
        [
            .. psk.Identities.SelectMany(each => (byte[])[.. Vector16(each.Identity.ToArray()), 0, 0, 0, 0]),
        ];
        var binders = psk.Binders.Append(psk.Binders[0]).SelectMany(each => (byte[])[(byte)each.Length, .. each.Span]);
        return hello.With(ExtensionType.PreSharedKey, [.. Vector16(identities), .. Vector16([.. binders])]);
    }
}
