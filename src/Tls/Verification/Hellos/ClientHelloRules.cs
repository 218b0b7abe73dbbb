using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>The extensions that an offer needs, and where they stand.</summary>
internal static class ClientHelloRules
{
    private static readonly EcPointFormat Uncompressed = new(0);

    private static readonly ExtensionType[] Needed =
        [ExtensionType.SignatureAlgorithms, ExtensionType.SupportedGroups];

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

    private static void WithoutSignatureAlgorithms(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in Hellos(handshake, isTls13: true))
        {
            if (Array.TrueForAll(Needed, hello.Extensions.Has) || hello.Extensions.Has(ExtensionType.PreSharedKey))
                continue;
            var missing = Needed.Where(type => !hello.Extensions.Has(type));
            hits.Add($"Expected {string.Join(" and ", missing)}. Got: none.", item);
        }
    }

    private static void ShareAndGroups(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in Hellos(handshake, isTls13: true))
        {
            var (share, groups) =
                (hello.Extensions.Has(ExtensionType.KeyShare), hello.Extensions.Has(ExtensionType.SupportedGroups));
            if (share != groups)
            {
                hits.Add(
                    $"Expected {ExtensionType.KeyShare} and {ExtensionType.SupportedGroups}. "
                    + $"Got: {(share ? ExtensionType.KeyShare : ExtensionType.SupportedGroups)} alone.",
                    item);
            }
        }
    }

    private static void PskLast(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in Hellos(handshake))
        {
            if (hello.Extensions is [.., { Type: var last } extension] && last != ExtensionType.PreSharedKey
                && hello.Extensions.Has(ExtensionType.PreSharedKey))
                hits.Add($"Expected {ExtensionType.PreSharedKey} at the end. Got: {last}.", item, extension.Data);
        }
    }

    private static void PskModes(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in Hellos(handshake))
        {
            if (hello.Extensions.Has(ExtensionType.PreSharedKey)
                && !hello.Extensions.Has(ExtensionType.PskKeyExchangeModes))
                hits.Add($"Expected {ExtensionType.PskKeyExchangeModes}. Got: none.", item);
        }
    }

    private static void PskBinders(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in Hellos(handshake))
        {
            if (hello.Extensions.Find(ExtensionType.PreSharedKey)
                is not { Fault: null, Body: PreSharedKeyExtension psk } own) continue;
            if (psk.Binders.Count != psk.Identities.Count)
            {
                hits.Add(
                    $"Expected {psk.Identities.Count} binders. Got: {psk.Binders.Count}.", item, own.Data);
            }
        }
    }

    // SSL 3.0 has no extensions.
    private static void WithoutGroups(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in Hellos(handshake, isTls13: false))
        {
            if (hello.LegacyVersion <= ProtocolVersion.Ssl3) continue;
            if (hello.Extensions.Has(ExtensionType.SupportedGroups)) continue;
            foreach (var elliptic in hello.CipherSuites.Where(IsElliptic).Take(1))
                hits.Add($"Expected {ExtensionType.SupportedGroups} with {elliptic}. Got: none.", item);
        }
    }

    private static bool IsElliptic(CipherSuite suite) =>
        suite.Info?.KeyExchange is KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk;

    private static void PointFormats(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.WithExtensions)
        {
            if (item.Message.Body.Extensions.Find(ExtensionType.EcPointFormats) is not { Fault: null } own) continue;
            if (own.Body is EcPointFormatsExtension { Formats: var formats } && !formats.Contains(Uncompressed))
                hits.Add($"Expected uncompressed. Got: {Listing.Of(formats)}.", item, own.Data);
        }
    }

    private static IEnumerable<(ClientHello Body, HandshakeEvent Event)> Hellos(
        SeenHandshake handshake, bool? isTls13 = null)
    {
        foreach (var hello in handshake.Hellos)
        {
            if (hello.Event.Message.Body is ClientHello body && (isTls13 is null || isTls13 == hello.IsTls13))
                yield return (body, hello.Event);
        }
    }
}
