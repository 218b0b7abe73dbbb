using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>The extensions that an offer needs, and where they stand.</summary>
internal static class ClientHelloRules
{
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "offer-without-signature-algorithms", "RFC 8446, Section 9.2",
            "An offer of TLS 1.3 without a pre-shared key has signature_algorithms and supported_groups.",
            Severity.Error,
            WithoutSignatureAlgorithms),
        Rule.OfHandshake(
            "offer-share-and-groups", "RFC 8446, Section 9.2",
            "An offer of TLS 1.3 has key_share and supported_groups, or none of them.",
            Severity.Error,
            ShareAndGroups),
        Rule.OfHandshake(
            "offer-psk-last", "RFC 8446, Section 4.2.11",
            "pre_shared_key is the last extension of a ClientHello.",
            Severity.Error,
            PskLast),
        Rule.OfHandshake(
            "offer-psk-modes", "RFC 8446, Section 4.2.9",
            "Who offers a pre-shared key names the modes in which it may be used.",
            Severity.Error,
            PskModes),
        Rule.OfHandshake(
            "offer-psk-binders", "RFC 8446, Section 4.2.11",
            "An offer of pre-shared keys has one binder for each of them.",
            Severity.Error,
            PskBinders),
        Rule.OfHandshake(
            "offer-without-groups", "RFC 8422, Section 4",
            "A client that offers ECDHE names its curves; else the server guesses, or takes another suite.",
            Severity.Note,
            WithoutGroups),
        Rule.OfHandshake(
            "point-format-uncompressed", "RFC 8422, Section 5.1.2",
            "ec_point_formats holds the uncompressed form.",
            Severity.Error,
            PointFormats),
    ];

    private static IEnumerable<RuleHit> WithoutSignatureAlgorithms(SeenHandshake handshake)
    {
        ExtensionType[] needed = [ExtensionType.SignatureAlgorithms, ExtensionType.SupportedGroups];
        foreach (var (hello, item) in Hellos(handshake, isTls13: true))
        {
            var missing = needed.Where(type => !hello.Extensions.Has(type)).ToArray();
            if (missing.Length > 0 && !hello.Extensions.Has(ExtensionType.PreSharedKey))
                yield return new RuleHit($"Expected {string.Join(" and ", missing)}. Got: none.", item);
        }
    }

    private static IEnumerable<RuleHit> ShareAndGroups(SeenHandshake handshake)
    {
        foreach (var (hello, item) in Hellos(handshake, isTls13: true))
        {
            var (share, groups) =
                (hello.Extensions.Has(ExtensionType.KeyShare), hello.Extensions.Has(ExtensionType.SupportedGroups));
            if (share != groups)
            {
                yield return new RuleHit(
                    $"Expected {ExtensionType.KeyShare} and {ExtensionType.SupportedGroups}. "
                    + $"Got: {(share ? ExtensionType.KeyShare : ExtensionType.SupportedGroups)} alone.",
                    item);
            }
        }
    }

    private static IEnumerable<RuleHit> PskLast(SeenHandshake handshake) =>
        from hello in Hellos(handshake)
        where hello.Body.Extensions.Has(ExtensionType.PreSharedKey)
            && hello.Body.Extensions[^1].Type != ExtensionType.PreSharedKey
        select new RuleHit(
            $"Expected {ExtensionType.PreSharedKey} at the end. Got: {hello.Body.Extensions[^1].Type}.",
            hello.Event,
            hello.Body.Extensions[^1].Data);

    private static IEnumerable<RuleHit> PskModes(SeenHandshake handshake) =>
        from hello in Hellos(handshake)
        where hello.Body.Extensions.Has(ExtensionType.PreSharedKey)
            && !hello.Body.Extensions.Has(ExtensionType.PskKeyExchangeModes)
        select new RuleHit($"Expected {ExtensionType.PskKeyExchangeModes}. Got: none.", hello.Event);

    private static IEnumerable<RuleHit> PskBinders(SeenHandshake handshake)
    {
        foreach (var (hello, item) in Hellos(handshake))
        {
            if (hello.Extensions.Find(ExtensionType.PreSharedKey)
                is not { Fault: null, Body: PreSharedKeyExtension psk } own) continue;
            if (psk.Binders.Count != psk.Identities.Count)
            {
                yield return new RuleHit(
                    $"Expected {psk.Identities.Count} binders. Got: {psk.Binders.Count}.", item, own.Data);
            }
        }
    }

    // SSL 3.0 has no extensions.
    private static IEnumerable<RuleHit> WithoutGroups(SeenHandshake handshake)
    {
        foreach (var (hello, item) in Hellos(handshake, isTls13: false))
        {
            if (hello.LegacyVersion <= ProtocolVersion.Ssl3) continue;
            if (hello.Extensions.Has(ExtensionType.SupportedGroups)) continue;
            foreach (var elliptic in hello.CipherSuites.Where(IsElliptic).Take(1))
                yield return new RuleHit($"Expected {ExtensionType.SupportedGroups} with {elliptic}. Got: none.", item);
        }
    }

    private static bool IsElliptic(CipherSuite suite) =>
        suite.Info?.KeyExchange is KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk;

    private static IEnumerable<RuleHit> PointFormats(SeenHandshake handshake)
    {
        foreach (var item in handshake.Messages)
        {
            if (item.Message.Body.Extensions.Find(ExtensionType.EcPointFormats) is not { Fault: null } own) continue;
            if (own.Body is EcPointFormatsExtension { Formats: var formats } && formats.All(format => format.Code != 0))
                yield return new RuleHit($"Expected uncompressed. Got: {Listing.Of(formats)}.", item, own.Data);
        }
    }

    private static IEnumerable<(ClientHello Body, HandshakeEvent Event)> Hellos(
        SeenHandshake handshake, bool? isTls13 = null) =>
        handshake.Seen<ClientHello>(Direction.ClientToServer).Where(seen =>
            seen.Event.Message.Fault is null
            && (isTls13 is null || isTls13 == seen.Body.OfferedVersions.Contains(ProtocolVersion.Tls13)));
}
