using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

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
            evidence => Changed(evidence, "cipher suite", hello => hello.CipherSuite.ToString())),
        new(
            "resumed-other-version", "RFC 5246, Section 7.3",
            "A resumed session keeps its version, for which its keys were made.",
            Severity.Warning,
            evidence => Changed(evidence, "version", hello => hello.Version.ToString())),
        new(
            "resumed-extended-master-secret", "RFC 7627, Section 5.3",
            "A resumed session keeps its extended master secret, or does without as before.",
            Severity.Error,
            evidence => Changed(evidence, "use of extended_master_secret",
                hello => hello.Extensions.Has(ExtensionType.ExtendedMasterSecret) ? "yes" : "no")),
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

    private static IEnumerable<RuleHit> OtherSession(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice } || !handshake.IsAbbreviated) yield break;
        if (!offer.SessionId.IsEmpty && !offer.SessionId.Span.SequenceEqual(choice.SessionId.Span))
        {
            yield return new RuleHit(
                $"Expected session id {Convert.ToHexStringLower(offer.SessionId.Span)}. "
                + $"Got: {Convert.ToHexStringLower(choice.SessionId.Span)}.",
                handshake.ServerHello!,
                choice.SessionId);
        }
    }

    private static IEnumerable<RuleHit> Unasked(SeenHandshake handshake)
    {
        if (handshake.Offer is not { } offer || !handshake.IsAbbreviated || !offer.SessionId.IsEmpty) yield break;
        if (offer.Extensions.Find(ExtensionType.SessionTicket) is not { Data.IsEmpty: false })
        {
            yield return new RuleHit(
                "Expected a full handshake, as the client names no session. Got: ChangeCipherSpec after ServerHello.",
                handshake.ServerHello!);
        }
    }

    private static IEnumerable<RuleHit> EchoWithoutResumption(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice } || choice.Version.IsTls13) yield break;
        if (offer.SessionId.IsEmpty || !offer.SessionId.Span.SequenceEqual(choice.SessionId.Span)) yield break;
        if (handshake.First(Direction.ServerToClient, HandshakeType.ServerHelloDone) is not null)
        {
            yield return new RuleHit(
                "Expected another session id than the client's, as the handshake is a full one. Got: the same.",
                handshake.ServerHello!,
                choice.SessionId);
        }
    }

    // What a session was agreed to is known if the same connection began it.
    private static IEnumerable<RuleHit> Changed(Evidence evidence, string what, Func<ServerHello, string> of)
    {
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
                yield return new RuleHit(
                    $"Expected {what} {of(first)} as in the session's first handshake. Got: {of(choice)}.",
                    handshake.ServerHello!);
            }
        }
    }

    private static IEnumerable<RuleHit> TicketNotAgreed(SeenHandshake handshake)
    {
        if (handshake.Choice is not { Version.IsTls13: false } choice) yield break;
        if (choice.Extensions.Has(ExtensionType.SessionTicket)) yield break;
        foreach (var (_, item) in handshake.Seen<NewSessionTicket>(Direction.ServerToClient))
            yield return new RuleHit("Expected no ticket, as ServerHello has no session_ticket. Got: one.", item);
    }

    private static IEnumerable<RuleHit> TicketMissing(SeenHandshake handshake)
    {
        if (handshake.Choice is not { Version.IsTls13: false } choice) yield break;
        if (!choice.Extensions.Has(ExtensionType.SessionTicket)) yield break;
        var end = handshake.Course.ChangeCipherSpec(Direction.ServerToClient);
        if (handshake.Course.Knows(Direction.ServerToClient, end)
            && handshake.First(Direction.ServerToClient, HandshakeType.NewSessionTicket) is null)
            yield return new RuleHit("Expected NewSessionTicket. Got: none.", handshake.Course.Events[end]);
    }
}
