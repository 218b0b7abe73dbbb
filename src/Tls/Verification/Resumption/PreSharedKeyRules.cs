using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Resumption;

/// <summary>Pre-shared keys of TLS 1.3: what the server may choose, and what its tickets may say.</summary>
internal static class PreSharedKeyRules
{
    // RFC 8446, Section 4.6.1: seven days
    private const uint LongestLifetimeSeconds = 604_800;

    // RFC 8446, Section 4.2.11: a binder is as long as the hash of its key.
    private static readonly Dictionary<string, int> HashLengths = new() { ["SHA256"] = 32, ["SHA384"] = 48 };

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "psk-out-of-range", "RFC 8446, Section 4.2.11",
            "The server selects one of the pre-shared keys that the client offers.",
            Severity.Error,
            OutOfRange),
        Rule.OfHandshake(
            "psk-of-other-hash", "RFC 8446, Section 4.2.11",
            "The hash of the selected pre-shared key is that of the cipher suite.",
            Severity.Error,
            OtherHash),
        Rule.OfHandshake(
            "psk-mode-not-offered", "RFC 8446, Section 4.2.9",
            "The server uses a pre-shared key in a mode that the client offers.",
            Severity.Error,
            ModeNotOffered),
        Rule.OfHandshake(
            "ticket-lifetime", "RFC 8446, Section 4.6.1",
            "A ticket of TLS 1.3 lives for seven days at most.",
            Severity.Error,
            TicketLifetime),
    ];

    private static void OutOfRange(SeenHandshake handshake, RuleHits hits)
    {
        if (Selection(handshake) is var (offer, selected, _) && selected >= offer.Identities.Count)
            hits.Add(
                $"Expected an identity below {offer.Identities.Count}. Got: {selected}.", handshake.ServerHello!);
    }

    private static void OtherHash(SeenHandshake handshake, RuleHits hits)
    {
        if (Selection(handshake) is not var (offer, selected, choice) || selected >= offer.Binders.Count) return;
        if (choice.CipherSuite.Info is { } suite && HashLengths.TryGetValue(suite.PrfHash, out var length)
            && offer.Binders[selected].Length != length)
        {
            hits.Add(
                $"Expected a key whose binder has {length} octets, for {suite.Name}. "
                + $"Got: one with {offer.Binders[selected].Length}.",
                handshake.ServerHello!);
        }
    }

    private static void ModeNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (Selection(handshake) is not var (_, _, choice)) return;
        if (handshake.Offer!.Extensions.Find<PskKeyExchangeModesExtension>()?.Modes is not { } modes) return;
        // enum { psk_ke(0), psk_dhe_ke(1), (255) } PskKeyExchangeMode;
        var used = new PskKeyExchangeMode((byte)(choice.Extensions.Has(ExtensionType.KeyShare) ? 1 : 0));
        if (!modes.Contains(used))
            hits.Add($"Expected {Listing.Of(modes)}. Got: {used}.", handshake.ServerHello!);
    }

    private static void TicketLifetime(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: true }) return;
        foreach (var (ticket, item) in handshake.Seen<NewSessionTicket>(Direction.ServerToClient))
        {
            if (ticket.LifetimeSeconds > LongestLifetimeSeconds)
                hits.Add(
                    $"Expected {LongestLifetimeSeconds} seconds at most. Got: {ticket.LifetimeSeconds}.", item);
        }
    }

    private static (PreSharedKeyExtension Offer, int Selected, ServerHello Choice)? Selection(
        SeenHandshake handshake) =>
        handshake is { Offer: { } offer, Choice: { } choice }
        && choice.Extensions.Find<PreSharedKeyExtension>()?.SelectedIdentity is { } selected
        && offer.Extensions.Find(ExtensionType.PreSharedKey) is { Fault: null, Body: PreSharedKeyExtension own }
            ? (own, selected, choice)
            : null;
}
