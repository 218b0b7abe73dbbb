using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>Nobody chooses what the other end did not offer.</summary>
internal static class NegotiationRules
{
    // RFC 5246, Section 7.4.1.4.1: what a TLS 1.2 client without signature_algorithms offers.
    private static readonly SignatureScheme[] Sha1Schemes = [new(0x0201), new(0x0202), new(0x0203)];

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "version-not-offered", "RFC 8446, Section 4.2.1; RFC 5246, Section 7.4.1.3",
            "The server chooses a version that the client offered.",
            Severity.Error,
            VersionNotOffered),
        Rule.OfHandshake(
            "old-version-not-offered", "RFC 8446, Appendix D.1",
            "A server that knows nothing of supported_versions has a version that the client offers there.",
            Severity.Warning,
            OldVersionNotOffered),
        Rule.OfHandshake(
            "suite-not-offered", "RFC 8446, Section 4.1.3; RFC 5246, Section 7.4.1.3",
            "The server chooses a cipher suite that the client offered.",
            Severity.Error,
            SuiteNotOffered),
        Rule.OfHandshake(
            "suite-not-of-version", "RFC 8446, Section 4.1.3; RFC 5246, Section 1.2",
            "The chosen cipher suite is one that the chosen version may use.",
            Severity.Error,
            SuiteNotOfVersion),
        Rule.OfHandshake(
            "compression-not-offered", "RFC 5246, Section 7.4.1.3",
            "The server chooses a compression method that the client offered.",
            Severity.Error,
            CompressionNotOffered),
        Rule.OfHandshake(
            "group-not-offered", "RFC 8446, Section 4.2.8; RFC 8422, Section 5.1",
            "The server uses a group that the client offered.",
            Severity.Error,
            GroupNotOffered),
        Rule.OfHandshake(
            "signature-scheme-not-offered", "RFC 8446, Section 4.4.3; RFC 5246, Section 7.4.3",
            "A signature uses a scheme that the other end offered.",
            Severity.Error,
            SchemeNotOffered),
    ];

    private static void VersionNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is { Offer: { } offer, Choice: { } choice } && !Offers(offer, choice.Version)
            && !IsOldAnswer(offer, choice))
            NotOffered("version", choice.Version, offer.OfferedVersions, handshake.ServerHello!, hits);
    }

    private static void OldVersionNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is { Offer: { } offer, Choice: { } choice } && !Offers(offer, choice.Version)
            && IsOldAnswer(offer, choice))
            NotOffered("version", choice.Version, offer.OfferedVersions, handshake.ServerHello!, hits);
    }

    // Without supported_versions the client offers its legacy_version and all that came before it.
    private static bool Offers(ClientHello offer, ProtocolVersion version) =>
        offer.Extensions.Has(ExtensionType.SupportedVersions)
            ? offer.OfferedVersions.Contains(version)
            : version <= offer.LegacyVersion;

    // Whoever has no TLS 1.2 can't have heard of TLS 1.3: it goes by legacy_version alone (RFC 5246, Appendix E.1).
    private static bool IsOldAnswer(ClientHello offer, ServerHello choice) =>
        choice.Version < ProtocolVersion.Tls12 && choice.Version <= offer.LegacyVersion
        && offer.Extensions.Has(ExtensionType.SupportedVersions);

    private static void SuiteNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Offer is not { } offer) return;

        HashSet<CipherSuite>? offered = null;
        foreach (var (hello, item) in handshake.Seen<ServerHello>(Direction.ServerToClient))
        {
            // Drafts of TLS 1.3 up to 21 had no session id before the suite.
            if (hello.Version.IsDraft) continue;
            if (!(offered?.Contains(hello.CipherSuite) ?? offer.CipherSuites.Contains(hello.CipherSuite)))
                NotOffered("cipher suite", hello.CipherSuite, offer.CipherSuites, item, hits);
            // One hello is the rule; who sends more may send thousands.
            offered ??= [.. offer.CipherSuites];
        }
    }

    private static void SuiteNotOfVersion(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Terms is not { } terms || !ProtocolVersion.Known.Contains(terms.Version)) return;
        var (oldest, newest) = (terms.Suite.OldestVersion, terms.Suite.NewestVersion);
        if (terms.Version < oldest || terms.Version > newest)
        {
            hits.Add(
                $"Expected {oldest} to {newest} for {terms.Suite.Name}. Got: {terms.Version}.", handshake.ServerHello!);
        }
    }

    private static void CompressionNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice }) return;
        if (!offer.CompressionMethods.Contains(choice.CompressionMethod))
        {
            NotOffered(
                "compression method", choice.CompressionMethod, offer.CompressionMethods, handshake.ServerHello!, hits);
        }
    }

    private static void GroupNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Offer?.Extensions.Find<SupportedGroupsExtension>()?.Groups is not { } offered) return;
        HashSet<NamedGroup>? known = null;
        foreach (var (group, item) in UsedGroups(handshake))
        {
            if (!(known?.Contains(group) ?? offered.Contains(group)))
                NotOffered("group", group, offered, item, hits);
            known ??= [.. offered];
        }
    }

    // RFC 8446, Section 4.2.8: selected_group of a HelloRetryRequest, the group of the server's share;
    // RFC 8422, Section 5.4: the curve of ServerKeyExchange. A finite field of TLS 1.2 is no offer that could be
    // missed.
    private static IEnumerable<(NamedGroup Group, HandshakeEvent Event)> UsedGroups(SeenHandshake handshake)
    {
        foreach (var (hello, item) in handshake.Seen<ServerHello>(Direction.ServerToClient))
        {
            if (hello.Extensions.Find<KeyShareExtension>() is not { } share) continue;
            if (share.SelectedGroup is { } selected) yield return (selected, item);
            foreach (var entry in share.Entries) yield return (entry.Group, item);
        }
        foreach (var (message, item) in handshake.Seen<ServerKeyExchange>(Direction.ServerToClient))
        {
            if (message.NamedCurve is { } curve) yield return (curve, item);
        }
    }

    private static void SchemeNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice } || choice.Version < ProtocolVersion.Tls12)
            return;

        var ofClient = offer.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes ?? Sha1Schemes;
        foreach (var (exchange, item) in handshake.Seen<ServerKeyExchange>(Direction.ServerToClient))
            NotAmong(ofClient, exchange.Scheme, item, hits);
        foreach (var (verify, item) in handshake.Seen<CertificateVerify>(Direction.ServerToClient))
            NotAmong(ofClient, verify.Scheme, item, hits);

        if (handshake.First(Direction.ServerToClient, HandshakeType.CertificateRequest)
            is not { Message.Body: CertificateRequest request }) return;
        var ofServer = request.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes ?? request.SignatureSchemes;
        foreach (var (verify, item) in handshake.Seen<CertificateVerify>(Direction.ClientToServer))
            NotAmong(ofServer, verify.Scheme, item, hits);
    }

    private static void NotAmong(
        IReadOnlyList<SignatureScheme> offered, SignatureScheme? scheme, HandshakeEvent item, RuleHits hits)
    {
        if (scheme is { } used && !offered.Contains(used))
            NotOffered("signature scheme", used, offered, item, hits);
    }

    private static void NotOffered<T>(
        string what, T chosen, IEnumerable<T> offered, HandshakeEvent item, RuleHits hits) =>
        hits.Add($"Expected an offered {what} ({Listing.Of(offered)}). Got: {chosen}.", item);
}
