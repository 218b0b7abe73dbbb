using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Resumption;

/// <summary>Resuming up to TLS 1.2: by the session's id, or by a ticket.</summary>
internal static class ResumptionRules
{
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "resumed-other-session", "RFC 5246, Section 7.4.1.3; RFC 5077, Section 3.4",
            "A server that resumes a session repeats the id by which the client asked for it.",
            Severity.Error,
            OtherSession),
        Rule.OfHandshake(
            "resumed-unasked", "RFC 5246, Section 7.3; RFC 5077, Section 3.1",
            "A server resumes a session only if the client names one, by an id or by a ticket.",
            Severity.Error,
            Unasked),
        Rule.OfHandshake(
            "session-id-echo-without-resumption", "RFC 5246, Section 7.4.1.3",
            "A server repeats the client's session id only if it resumes that session.",
            Severity.Error,
            EchoWithoutResumption),
        new(
            "resumed-other-suite", "RFC 5246, Section 7.4.1.3",
            "A resumed session keeps its cipher suite.",
            Severity.Error,
            (evidence, hits) => Changed(evidence, "cipher suite", hello => hello.CipherSuite.ToString(), hits)),
        new(
            "resumed-other-version", "RFC 5246, Section 7.3",
            "A resumed session keeps its version, for which its keys were made.",
            Severity.Warning,
            (evidence, hits) => Changed(evidence, "version", hello => hello.Version.ToString(), hits)),
        new(
            "resumed-extended-master-secret", "RFC 7627, Section 5.3",
            "A resumed session keeps its extended master secret, or does without as before.",
            Severity.Error,
            (evidence, hits) => Changed(evidence, "use of extended_master_secret",
                hello => hello.Extensions.Has(ExtensionType.ExtendedMasterSecret) ? "yes" : "no", hits)),
        Rule.OfHandshake(
            "ticket-not-agreed", "RFC 5077, Section 3.3",
            "A server sends a ticket only if its ServerHello promises one.",
            Severity.Error,
            TicketNotAgreed),
        Rule.OfHandshake(
            "ticket-missing", "RFC 5077, Section 3.3",
            "A server that promises a ticket sends one before its ChangeCipherSpec.",
            Severity.Error,
            TicketMissing),
    ];

    private static void OtherSession(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice } || !handshake.IsAbbreviated) return;
        if (!offer.SessionId.IsEmpty && !offer.SessionId.Span.SequenceEqual(choice.SessionId.Span))
        {
            hits.Add(
                $"Expected session id {Convert.ToHexStringLower(offer.SessionId.Span)}. "
                + $"Got: {Convert.ToHexStringLower(choice.SessionId.Span)}.",
                handshake.ServerHello!,
                choice.SessionId);
        }
    }

    private static void Unasked(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Offer is not { } offer || !handshake.IsAbbreviated || !offer.SessionId.IsEmpty) return;
        if (offer.Extensions.Find(ExtensionType.SessionTicket) is not { Data.IsEmpty: false })
        {
            hits.Add(
                "Expected a full handshake, as the client names no session. Got: ChangeCipherSpec after ServerHello.",
                handshake.ServerHello!);
        }
    }

    private static void EchoWithoutResumption(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice } || choice.Version.IsTls13) return;
        if (offer.SessionId.IsEmpty || !offer.SessionId.Span.SequenceEqual(choice.SessionId.Span)) return;
        if (handshake.First(Direction.ServerToClient, HandshakeType.ServerHelloDone) is not null)
        {
            hits.Add(
                "Expected another session id than the client's, as the handshake is a full one. Got: the same.",
                handshake.ServerHello!,
                choice.SessionId);
        }
    }

    // What a session was agreed to is known if the same connection began it.
    private static void Changed(Evidence evidence, string what, Func<ServerHello, string> of, RuleHits hits)
    {
        if (evidence.Handshakes.Count < 2) return;
        var begun = new Dictionary<string, ServerHello>(StringComparer.Ordinal);
        foreach (var handshake in evidence.Handshakes)
        {
            if (handshake.Choice is not { Version.IsTls13: false } choice || choice.SessionId.IsEmpty) continue;
            var id = Convert.ToHexStringLower(choice.SessionId.Span);
            if (!handshake.IsAbbreviated)
            {
                begun[id] = choice;
            }
            else if (begun.TryGetValue(id, out var first) && of(first) != of(choice))
            {
                hits.Add(
                    $"Expected {what} {of(first)} as in the session's first handshake. Got: {of(choice)}.",
                    handshake.ServerHello!);
            }
        }
    }

    private static void TicketNotAgreed(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: false } choice) return;
        if (choice.Extensions.Has(ExtensionType.SessionTicket)) return;
        foreach (var (_, item) in handshake.Seen<NewSessionTicket>(Direction.ServerToClient))
            hits.Add("Expected no ticket, as ServerHello has no session_ticket. Got: one.", item);
    }

    private static void TicketMissing(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: false } choice) return;
        if (!choice.Extensions.Has(ExtensionType.SessionTicket)) return;
        var end = handshake.Course.ChangeCipherSpec(Direction.ServerToClient);
        if (handshake.Course.Knows(Direction.ServerToClient, end)
            && handshake.First(Direction.ServerToClient, HandshakeType.NewSessionTicket) is null)
            hits.Add("Expected NewSessionTicket. Got: none.", handshake.Course.Events[end]);
    }
}
