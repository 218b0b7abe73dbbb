using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Keys;

/// <summary>The public keys of the key exchange: their groups and their order.</summary>
internal static class KeyShareRules
{
    private const int MostSearched = 16;
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

    private static void NotInGroups(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (item, shares, groups) in Offers(handshake))
        {
            // So many shares come from nobody honest.
            var known = shares.Count > MostSearched ? groups.ToHashSet() : null;
            foreach (var share in shares)
            {
                if (!(known?.Contains(share.Group) ?? groups.Contains(share.Group)))
                    hits.Add(
                        $"Expected a share of {Listing.Of(groups)}. Got: {share.Group}.", item, share.KeyExchange);
            }
        }
    }

    private static void Order(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (item, shares, groups) in Offers(handshake))
        {
            if (shares.Count < 2) continue;
            var places = new Dictionary<NamedGroup, int>();
            foreach (var group in groups) places.TryAdd(group, places.Count);
            var sent = shares.Select(share => share.Group).Where(places.ContainsKey).ToList();
            if (!sent.OrderBy(group => places[group]).SequenceEqual(sent))
            {
                hits.Add(
                    $"Expected shares in the order of {Listing.Of(groups)}. Got: {Listing.Of(sent)}.",
                    item,
                    item.Message.Body.Extensions.Find(ExtensionType.KeyShare)!.Data);
            }
        }
    }

    private static void Twice(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (item, shares, _) in Offers(handshake))
        {
            if (shares.Count < 2) continue;
            foreach (var twice in shares.GroupBy(share => share.Group).Where(same => same.Skip(1).Any()))
                hits.Add($"Expected one share of {twice.Key}. Got: {twice.Count()}.", item, twice.Last().KeyExchange);
        }
    }

    private static void NotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice }) return;
        if (offer.Extensions.Find<KeyShareExtension>()?.Entries is not { } offered) return;
        foreach (var share in choice.Extensions.Find<KeyShareExtension>()?.Entries ?? [])
        {
            if (offered.All(one => one.Group != share.Group))
                hits.Add(
                    $"Expected a share of {Listing.Of(offered.Select(one => one.Group))}. Got: {share.Group}.",
                    handshake.ServerHello!);
        }
    }

    private static void GroupNotOfVersion(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { } choice) return;
        foreach (var share in choice.Extensions.Find<KeyShareExtension>()?.Entries ?? [])
        {
            if (share.Group.Info is { Tls13: false })
                hits.Add(
                    $"Expected a group of TLS 1.3. Got: {share.Group}.", handshake.ServerHello!, share.KeyExchange);
        }
        foreach (var (exchange, item) in handshake.Seen<ServerKeyExchange>(Direction.ServerToClient))
        {
            if (exchange.NamedCurve is { Info.Kind: not NamedGroupKind.EllipticCurve } curve)
                hits.Add($"Expected an elliptic curve. Got: {curve}.", item, exchange.Params);
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
