using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;
using static TlsInterop.Harness.Diagnosis.Phrase;

namespace TlsInterop.Harness.Diagnosis.Resumption;

/// <summary>Sessions that go on, hellos that are said again, and what both must have the same of.</summary>
internal static class ResumptionRules
{
    public static readonly DiagnosisRule[] Rows =
    [
        new("resumption-changed", "a session goes on with another suite, version or secret than it began with",
            "the hellos of both connections", "RFC 5246, Section 7.4.1.3; RFC 7627, Section 5.3",
            "A session keeps its version, its suite and its extended master secret.", Changed)
        {
            Server = "let its workers share sessions only if they have the same configuration",
            Client = "forget the session, and begin a new one",
        },
        new("resumption-refused-by-end", "an end ends the handshake that was to go on with a session",
            "session_ticket, session_id, pre_shared_key, how it ended", "RFC 5077, Section 3.2; RFC 8446, Section 2.2",
            "A server that can't go on with a session does a full handshake.", EndsResumption)
        {
            Server = "let all of its hosts share the keys of tickets", Client = "connect once without the session",
        },
        new("extended-master-secret-disagreement", "the two don't agree about extended_master_secret",
            "the extension in both hellos, how it ended", "RFC 7627, Section 5.2; RFC 7627, Section 5.3",
            "An end may refuse a peer that lacks it; a session keeps it.", MasterSecret)
        {
            Server = "bring it up to date; or allow clients without it",
            Client = "bring it up to date",
        },
        new("renegotiation-info-missing", "the server lacks renegotiation_info, and the client demands it",
            "renegotiation_info in both hellos, how the client gave up", "RFC 5746, Section 4.1",
            "A client may refuse a server that does not answer renegotiation_info.", RenegotiationInfo)
        {
            Server = "bring it up to date: servers have had it since 2010",
            Client = "OpenSSL: UnsafeLegacyServerConnect (Options in openssl.cnf), for this server alone",
        },
        new("renegotiation-refused", "an end does not want to renegotiate",
            "HelloRequest, a second hello, no_renegotiation",
            "RFC 5246, Section 7.2.2",
            "Who does not want to renegotiate says no_renegotiation, and the other one may end for that.",
            Renegotiation)
        {
            Server = "ask for the client's certificate in the first handshake, or use TLS 1.3",
            Client = "don't renegotiate: TLS 1.3 has no such thing",
        },
        new("hello-retry-refused", "the client ends at HelloRetryRequest, or the server at what follows",
            "HelloRetryRequest, the second ClientHello, how it ended", "RFC 8446, Section 4.1.4",
            "A client answers HelloRetryRequest with a second hello that has the share it was asked for.", Retry)
        {
            Server = "prefer a group that its clients send shares of (x25519, secp256r1)",
            Client = "report it to its makers; send a share of the server's group at once",
        },
        new("closed-after-handshake", "an end closes a handshake that went through, and has said nothing",
            "what comes behind both Finished", "RFC 8446, Section 6.1",
            "Behind the handshake comes what it was made for.",
            AfterHandshake)
        {
            Kind = DiagnosisKind.WorthKnowing,
            Server = "if it closed: its log says why",
            Client = "if it closed: a program may look at the name, at pinned keys or at ALPN only now",
        },
    ];

    private static Suspicion? Changed(DiagnosisEvidence seen)
    {
        var finding = seen.Find("resumed-other-suite", "resumed-other-version", "resumed-extended-master-secret",
            "resumed-other-session", "resumed-unasked");
        return seen.IsComplete || finding is null ? null : new(
            $"the session goes on otherwise than it began. {finding.Message}", 88,
            "the handshake failed at that", $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})",
            seen.Ending.InWords);
    }

    private static Suspicion? EndsResumption(DiagnosisEvidence seen)
    {
        if (seen.Offer is not { } hello || seen.IsComplete) return null;
        if (!seen.Ending.IsByServer || !seen.EndedAtHello) return null;
        var ticket = hello.Extensions.Find(ExtensionType.SessionTicket) is { Data.Length: > 0 };
        var psk = hello.Extensions.Has(ExtensionType.PreSharedKey);
        var id = !hello.SessionId.IsEmpty && !Negotiation.Offers.HasTls13(hello);
        if (!ticket && !psk && !id) return null;
        var worked = seen.Context.Others.Any(other => other.Facts.IsComplete && !other.Facts.IsResumed);
        return new(
            "the client wants to go on with a session, and the server ends at that hello instead of doing a full "
            + "handshake",
            worked ? 78 : 40, worked ? "a full handshake got through between the same two"
                : "the capture has no full handshake to compare",
            $"frame {seen.OfferEvent!.At.Number}, ClientHello: "
                + (psk ? "pre_shared_key" : ticket ? "session_ticket" : "session_id"),
            seen.Ending.InWords);
    }

    private static Suspicion? MasterSecret(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || seen.Offer is not { } hello) return null;
        if (seen.Find("resumed-extended-master-secret") is not null) return null;
        var offers = hello.Extensions.Has(ExtensionType.ExtendedMasterSecret);
        if (seen.Choice is { Version.IsTls13: false } && offers && !seen.Facts.ExtendedMasterSecret
            && seen.Ending.IsByClient && seen.Ending.After?.Direction == Direction.ServerToClient
            && seen.EndedWith(HandshakeFailure, InsufficientSecurity))
            return new("the server does not have extended_master_secret, and the client ends for that", 60,
                "the client gave up behind the server's flight, with an alert that fits",
                $"frame {seen.ChoiceEvent!.At.Number}, ServerHello: no extended_master_secret", seen.Ending.InWords);
        var hasTls13 = Negotiation.Offers.HasTls13(hello);
        // RFC 7627, Section 5.3: a server that is offered a session which began with it has to end the handshake.
        if (!offers && seen.EndedAtHello && seen.Ending.IsByServer && seen.EndedWith(HandshakeFailure, IllegalParameter)
            && Offered(seen, hello) is { Facts.ExtendedMasterSecret: true } first)
            return new(
                "the client offers a session that began with extended_master_secret, and leaves the extension out", 90,
                "a server has to end the handshake for that",
                $"frame {seen.OfferEvent!.At.Number}, ClientHello: a session, and no extended_master_secret",
                $"the connection of {first.Facts.Suite} before it had the extension", seen.Ending.InWords);
        return !offers && !hasTls13 && seen.EndedAtHello && seen.Ending.IsByServer
            && seen.EndedWith(HandshakeFailure, InsufficientSecurity)
            ? new("the client does not offer extended_master_secret, which the server may demand", 34,
                "FIPS policies demand it; others don't", $"frame {seen.OfferEvent!.At.Number}, ClientHello",
                seen.Ending.InWords)
            : null;
    }

    // The connection whose session a hello offers, up to TLS 1.2.
    private static DecodedConnection? Offered(DiagnosisEvidence seen, ClientHello hello) =>
        hello.SessionId.IsEmpty
            ? null
            : seen.Context.Others.LastOrDefault(other => other.Facts.IsComplete
                && (other.Facts.ServerHello?.SessionId.Span.SequenceEqual(hello.SessionId.Span) == true
                    || hello.Extensions.Find(ExtensionType.SessionTicket) is { Data.Length: > 0 }));

    private static Suspicion? RenegotiationInfo(DiagnosisEvidence seen)
    {
        if (seen is not { Choice: { Version.IsTls13: false } choice, Offer: { } hello, IsComplete: false }) return null;
        if (!seen.Ending.IsByClient || choice.Extensions.Has(ExtensionType.RenegotiationInfo)) return null;
        var asks = hello.Extensions.Has(ExtensionType.RenegotiationInfo)
            || hello.CipherSuites.Contains(CipherSuite.EmptyRenegotiationInfoScsv);
        if (!asks || seen.Ending.After?.Direction != Direction.ServerToClient) return null;
        if (!seen.EndedWith(HandshakeFailure, InternalError) && !seen.Ending.IsSilent) return null;
        return new(
            "the server does not answer renegotiation_info, and the client takes no server without it",
            seen.EndedWith(HandshakeFailure) ? 82 : 50,
            seen.EndedWith(HandshakeFailure) ? "handshake_failure behind the ServerHello is what OpenSSL says then"
                : "the client gave up behind the server's flight",
            $"frame {seen.ChoiceEvent!.At.Number}, ServerHello: no renegotiation_info", seen.Ending.InWords);
    }

    private static Suspicion? Renegotiation(DiagnosisEvidence seen)
    {
        var refusal = seen.Alerts.FirstOrDefault(item => item.Alert.Description.Code == NoRenegotiation);
        var second = seen.Connection.Messages.FirstOrDefault(item => item.Handshake > 0
            || item.Message.Type == HandshakeType.HelloRequest);
        if (refusal is null && (second is null || seen.Ending.Kind is not (EndingKind.Alert or EndingKind.Reset)
            || seen.Verified.Handshakes.Count > 1 && seen.Ending.After?.Message.Body is not ClientHello)) return null;
        if (refusal is null && seen.IsComplete && seen.Ending.Kind != EndingKind.Alert) return null;
        var by = refusal?.Direction ?? seen.Ending.By!.Value;
        return new(
            $"the {Side(by)} does not want to renegotiate", refusal is not null ? 93 : 72,
            refusal is not null ? "its alert says so" : "it ended where another handshake was to begin",
            [.. second is null ? [] : new[] { $"frame {second.At.Number}, {second.Message.Type}" },
                refusal is not null ? $"frame {refusal.At.Number}, alert: {refusal.Alert}" : seen.Ending.InWords]);
    }

    private static Suspicion? Retry(DiagnosisEvidence seen)
    {
        if (!seen.Facts.HasHelloRetryRequest || seen.Choice is not null || seen.IsComplete || seen.Ending.By is null)
            return null;
        var request = seen.Connection.Messages.First(item =>
            item.Message.Body is ServerHello { IsHelloRetryRequest: true });
        var group = request.Message.Body.Extensions.Find<KeyShareExtension>()?.SelectedGroup;
        var isAnswered = seen.OfferEvent is { } offer && offer.At.Number > request.At.Number;
        var finding = seen.Findings.FirstOrDefault(item => item.RuleId.StartsWith("retry-", StringComparison.Ordinal));
        return new(
            (isAnswered ? "the server does not take the second ClientHello" : "the client ends at HelloRetryRequest")
            + (group is null ? "" : $", which asks for a share of {group}"),
            finding is not null ? 93 : 84, finding?.Message ?? seen.Ending.InWords,
            $"frame {request.At.Number}, HelloRetryRequest", seen.Ending.InWords);
    }

    private static Suspicion? AfterHandshake(DiagnosisEvidence seen)
    {
        if (!seen.IsComplete || seen.Ending.By is not { } by) return null;
        if (by == Direction.ClientToServer && Certificates.Refusal.Of(seen) is null) return null;
        if (seen.Events.Any(item => item is ApplicationDataEvent)) return null;
        if (seen.Connection.FromClient.ProtectedRecords > 2) return null;
        return new($"the {Side(by)} closes behind the handshake, and nobody has said anything", 99,
            "the handshake is complete", seen.Ending.InWords);
    }
}
