using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>The public keys of the key exchange: their groups and their order.</summary>
internal static class KeyShareRules
{
    private const string Section = "RFC 8446, Section 4.2.8";

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "share-not-in-groups", Section,
            "A client sends shares of groups that stand in its supported_groups.",
            Severity.Error,
            NotInGroups),
        Rule.OfHandshake(
            "share-order", Section,
            "A client's shares stand in the order of its supported_groups.",
            Severity.Error,
            Order),
        Rule.OfHandshake(
            "share-twice", Section, "A client sends one share of a group.", Severity.Error, Twice),
        Rule.OfHandshake(
            "share-not-offered", Section,
            "The server's share is of a group for which the client sent one.",
            Severity.Error,
            NotOffered),
        Rule.OfHandshake(
            "group-not-of-version", "RFC 8446, Section 4.2.7; RFC 8422, Section 5.1.1",
            "The group is one that the version may use.",
            Severity.Error,
            GroupNotOfVersion),
    ];

    private static IEnumerable<RuleHit> NotInGroups(SeenHandshake handshake)
    {
        foreach (var (item, shares, groups) in Offers(handshake))
        {
            var known = groups.ToHashSet();
            foreach (var share in shares)
            {
                if (!known.Contains(share.Group))
                    yield return new RuleHit(
                        $"Expected a share of {Listing.Of(groups)}. Got: {share.Group}.", item, share.KeyExchange);
            }
        }
    }

    private static IEnumerable<RuleHit> Order(SeenHandshake handshake)
    {
        foreach (var (item, shares, groups) in Offers(handshake))
        {
            var places = new Dictionary<NamedGroup, int>();
            foreach (var group in groups) places.TryAdd(group, places.Count);
            var sent = shares.Select(share => share.Group).Where(places.ContainsKey).ToList();
            if (!sent.OrderBy(group => places[group]).SequenceEqual(sent))
            {
                yield return new RuleHit(
                    $"Expected shares in the order of {Listing.Of(groups)}. Got: {Listing.Of(sent)}.",
                    item,
                    item.Message.Body.Extensions.Find(ExtensionType.KeyShare)!.Data);
            }
        }
    }

    private static IEnumerable<RuleHit> Twice(SeenHandshake handshake) =>
        from offer in Offers(handshake)
        from twice in offer.Shares.GroupBy(share => share.Group).Where(same => same.Count() > 1)
        select new RuleHit(
            $"Expected one share of {twice.Key}. Got: {twice.Count()}.", offer.Event, twice.Last().KeyExchange);

    private static IEnumerable<RuleHit> NotOffered(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice }) yield break;
        if (offer.Extensions.Find<KeyShareExtension>()?.Entries is not { } offered) yield break;
        foreach (var share in choice.Extensions.Find<KeyShareExtension>()?.Entries ?? [])
        {
            if (offered.All(one => one.Group != share.Group))
                yield return new RuleHit(
                    $"Expected a share of {Listing.Of(offered.Select(one => one.Group))}. Got: {share.Group}.",
                    handshake.ServerHello!);
        }
    }

    private static IEnumerable<RuleHit> GroupNotOfVersion(SeenHandshake handshake)
    {
        if (handshake.Choice is not { } choice) yield break;
        foreach (var share in choice.Extensions.Find<KeyShareExtension>()?.Entries ?? [])
        {
            if (share.Group.Info is { Tls13: false })
                yield return new RuleHit(
                    $"Expected a group of TLS 1.3. Got: {share.Group}.", handshake.ServerHello!, share.KeyExchange);
        }
        foreach (var (exchange, item) in handshake.Seen<ServerKeyExchange>(Direction.ServerToClient))
        {
            if (exchange.NamedCurve is { Info.Kind: not NamedGroupKind.EllipticCurve } curve)
                yield return new RuleHit($"Expected an elliptic curve. Got: {curve}.", item, exchange.Params);
        }
    }

    private static IEnumerable<
        (HandshakeEvent Event, IReadOnlyList<KeyShareEntry> Shares, IReadOnlyList<NamedGroup> Groups)> Offers(
        SeenHandshake handshake)
    {
        foreach (var (hello, item) in handshake.Seen<ClientHello>(Direction.ClientToServer))
        {
            if (hello.Extensions.Find<KeyShareExtension>()?.Entries is { } shares
                && hello.Extensions.Find<SupportedGroupsExtension>()?.Groups is { } groups)
                yield return (item, shares, groups);
        }
    }
}
