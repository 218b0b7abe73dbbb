using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

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

    private static IEnumerable<RuleHit> VersionNotOffered(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice }) yield break;
        // Without supported_versions the client offers its legacy_version and all that came before it.
        var offered = offer.Extensions.Has(ExtensionType.SupportedVersions)
            ? offer.OfferedVersions.Contains(choice.Version)
            : choice.Version <= offer.LegacyVersion;
        if (!offered)
            yield return NotOffered("version", choice.Version, offer.OfferedVersions, handshake.ServerHello!);
    }

    private static IEnumerable<RuleHit> SuiteNotOffered(SeenHandshake handshake)
    {
        if (handshake.Offer is not { } offer) yield break;

        var offered = offer.CipherSuites.ToHashSet();
        foreach (var (hello, item) in handshake.Seen<ServerHello>(Direction.ServerToClient))
        {
            // Drafts of TLS 1.3 up to 21 had no session id before the suite.
            if (hello.Version.IsTls13 && hello.Version != ProtocolVersion.Tls13) continue;
            if (!offered.Contains(hello.CipherSuite))
                yield return NotOffered("cipher suite", hello.CipherSuite, offer.CipherSuites, item);
        }
    }

    private static IEnumerable<RuleHit> SuiteNotOfVersion(SeenHandshake handshake)
    {
        if (handshake.Terms is not { } terms || !ProtocolVersion.Known.Contains(terms.Version)) yield break;
        var (oldest, newest) = (terms.Suite.OldestVersion, terms.Suite.NewestVersion);
        if (terms.Version < oldest || terms.Version > newest)
        {
            yield return new RuleHit(
                $"Expected {oldest} to {newest} for {terms.Suite.Name}. Got: {terms.Version}.", handshake.ServerHello!);
        }
    }

    private static IEnumerable<RuleHit> CompressionNotOffered(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice }) yield break;
        if (!offer.CompressionMethods.Contains(choice.CompressionMethod))
        {
            yield return NotOffered(
                "compression method", choice.CompressionMethod, offer.CompressionMethods, handshake.ServerHello!);
        }
    }

    private static IEnumerable<RuleHit> GroupNotOffered(SeenHandshake handshake)
    {
        if (handshake.Offer?.Extensions.Find<SupportedGroupsExtension>()?.Groups is not { } offered) yield break;
        var known = offered.ToHashSet();
        foreach (var (group, item) in UsedGroups(handshake))
        {
            if (!known.Contains(group)) yield return NotOffered("group", group, offered, item);
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

    private static IEnumerable<RuleHit> SchemeNotOffered(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice } || choice.Version < ProtocolVersion.Tls12)
            yield break;

        var ofClient = offer.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes ?? Sha1Schemes;
        var exchanged = handshake.Seen<ServerKeyExchange>(Direction.ServerToClient)
            .Select(seen => (seen.Body.Scheme, seen.Event));
        var signed = exchanged.Concat(SchemesOfCertificateVerify(handshake, Direction.ServerToClient));
        foreach (var hit in Missing(signed, ofClient)) yield return hit;

        var request = handshake.Seen<CertificateRequest>(Direction.ServerToClient)
            .Select(seen => seen.Body).FirstOrDefault();
        if (request is null) yield break;
        var ofServer = request.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes ?? request.SignatureSchemes;
        var verified = SchemesOfCertificateVerify(handshake, Direction.ClientToServer);
        foreach (var hit in Missing(verified, ofServer)) yield return hit;
    }

    private static IEnumerable<(SignatureScheme? Scheme, HandshakeEvent Event)> SchemesOfCertificateVerify(
        SeenHandshake handshake, Direction from) =>
        handshake.Seen<CertificateVerify>(from).Select(seen => (seen.Body.Scheme, seen.Event));

    private static IEnumerable<RuleHit> Missing(
        IEnumerable<(SignatureScheme? Scheme, HandshakeEvent Event)> used, IReadOnlyList<SignatureScheme> offered)
    {
        foreach (var (scheme, item) in used)
        {
            if (scheme is { } one && !offered.Contains(one))
                yield return NotOffered("signature scheme", one, offered, item);
        }
    }

    private static RuleHit NotOffered<T>(string what, T chosen, IEnumerable<T> offered, HandshakeEvent item) =>
        new($"Expected an offered {what} ({Listing.Of(offered)}). Got: {chosen}.", item);
}
