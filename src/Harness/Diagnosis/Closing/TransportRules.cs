using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Diagnosis.Closing;

/// <summary>Connections that end, or hang, where nobody says why.</summary>
internal static class TransportRules
{
    private const int NearHops = 1;
    private const int FewestPackets = 2;
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(4);

    public static readonly DiagnosisRule[] Rows =
    [
        new("connection-refused", "nobody listens on that port", "RST in answer to the client's SYN",
            "RFC 9293, Section 3.10.7.1", "A segment to a port on which nobody listens is answered by RST.", Refused)
        {
            Server = "start it, or let it listen on this address and port", Client = "look at host and port",
        },
        new("nobody-answers", "nobody answers the client's SYN", "SYN without an answer",
            "RFC 9293, Section 3.8.3", "Who gets no answer sends its SYN again, and gives up at last.", Unanswered)
        {
            Server = "look at the packet filter before it, and whether the host is up",
            Client = "look at address, route and packet filter",
        },
        new("closed-after-accept", "the server closes before anybody says a word", "who closed, and behind what",
            "RFC 9293, Section 3.6", "A server may take a connection and close it at once: limits and host rules do.",
            AfterAccept)
        {
            Server = "look at hosts.deny, limits of connections, and whether its worker dies: the log says it",
        },
        new("middlebox-reset", "somebody between the two reset the connection",
            "the time to live of the RST and of the packets before it", "RFC 3360, Section 2; RFC 9293, Section 3.5.3",
            "A RST comes from an end; one that came over another number of hops was made on the way.", Middlebox)
        {
            Server = "look for a firewall or load balancer before it", Client = "look for one on its side, or a filter",
        },
        new("closed-after-client-hello", "the server ends at the ClientHello without a word",
            "who closed, and behind what", "RFC 8446, Section 6.2", "Who gives up a handshake says why, with an alert.",
            AfterHello)
        {
            IsGeneral = true,
            Server = "its log says more: a missing certificate or a worker that dies look like this",
        },
        new("client-hello-unanswered", "the ClientHello gets no answer",
            "what comes behind the ClientHello, for how long",
            "RFC 8446, Section 4.1.3; RFC 2923, Section 2.1",
            "A server answers a ClientHello; one that is too large for the path may never arrive.", HelloUnanswered)
        {
            Server = "see whether it waits for something (a greeting, a PROXY header, entropy, DNS)",
            Client = "try a smaller MTU or a shorter hello: ICMP that is filtered makes large packets vanish",
        },
        new("handshake-stalls", "the handshake stops, and nobody closes", "the last message, what is missing behind it",
            "RFC 2923, Section 2.1", "Large packets that vanish stop a handshake behind the server's first flight.",
            Stalls)
        {
            IsGeneral = true,
            Server = "look at the path's MTU and at timeouts", Client = "look at the path's MTU",
        },
        new("closed-in-handshake", "an end gives up the handshake without a word", "who closed, and behind what",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2", "Who gives up a handshake says why, with an alert.",
            InHandshake)
        {
            IsGeneral = true,
            Server = "its log says more, if it is the one that closed", Client = "its log says more, likewise",
        },
        new("no-close-notify", "an end closes without close_notify: what it sent may have been cut off",
            "close_notify before FIN", "RFC 8446, Section 6.1; RFC 5246, Section 7.2.1",
            "An end says close_notify before it closes, so that nobody else can do it in its name.", NoCloseNotify)
        {
            Kind = DiagnosisKind.WorthKnowing,
            Server = "call SSL_shutdown, gnutls_bye or the like before it closes",
            Client = "newer OpenSSL reports it as 'unexpected eof while reading'",
        },
        new("user-canceled", "an end took the handshake back for a reason of its user's", "user_canceled",
            "RFC 8446, Section 6.1; RFC 5246, Section 7.2.2", "user_canceled: given up for no failure of the protocol.",
            Canceled)
        {
            Client = "ask who cancelled: a dialog about the certificate, mostly",
        },
    ];

    private static Suspicion? Refused(DiagnosisEvidence seen) =>
        seen is { Ending: { Kind: EndingKind.Reset, IsByServer: true }, Connection.FromClient.Octets: 0 }
        && seen.Connection.FromServer.Octets == 0 && seen.Context.Packets is { IsAccepted: false, Openings: > 0 }
            ? new("nobody listens on that port: the SYN is answered by RST", 98, "the RST answers the SYN",
                seen.Ending.InWords)
            : null;

    private static Suspicion? Unanswered(DiagnosisEvidence seen) =>
        seen.Context.Packets is { IsAccepted: false, Openings: > 0 and var openings }
        && seen.Connection is { FromServer: { Octets: 0, MissingOctets: 0 }, FromClient.Octets: 0 }
        && seen.Ending.By is null
            ? new($"nobody answers: the client sent {Plural.Of(openings, "SYN")}, and nothing came back",
                openings > 1 ? 90 : 58, openings > 1 ? "it asked more than once"
                    : "the capture may end before the answer",
                $"{Plural.Of(openings, "SYN")} of the client, no answer")
            : null;

    private static Suspicion? AfterAccept(DiagnosisEvidence seen) =>
        seen is { Ending: { IsByServer: true, IsSilent: true },
            Connection: { FromClient.Octets: 0, FromServer.Octets: 0 } }
        && !seen.HasGap && seen.Context.Packets?.IsAccepted != false
            ? new("the server takes the connection and closes it before the client has said a word", 80,
                "nothing was said before", seen.Ending.InWords)
            : null;

    private static Suspicion? Middlebox(DiagnosisEvidence seen)
    {
        if (seen is { Offer: not null, Ending: { Kind: EndingKind.Reset, By: { } by },
            Context.Packets: { LivesOnAfterReset: true } own }
            && own.ResetFrame == seen.Ending.At!.Value.Number)
        {
            return new(
                $"the RST was not made by the {Phrase.Side(by)}, in whose name it came, but by somebody on the way: "
                + $"the {Phrase.Side(by)} goes on behind it as if nothing had happened", 90,
                "who resets a connection has forgotten it, and sends nothing more of it",
                $"frame {own.ResetFrame}: RST; packets of the same end follow", seen.Ending.InWords);
        }
        if (seen.Context.Packets is not { HopsOfReset: { } hops, HopsOfResetter: { Count: > 0 } usual } packets)
            return null;
        if (seen.Ending.Kind != EndingKind.Reset || packets.ResetFrame != seen.Ending.At!.Value.Number) return null;
        if (usual.Values.Sum() < FewestPackets) return null;
        if (usual.Keys.Any(known => Math.Abs(known - hops) <= NearHops)) return null;
        return new(
            "the RST was not made by the end in whose name it came, but by somebody on the way", 86,
            $"its packet had {hops} hops left, those before it {Phrase.List(usual.Keys.Order())}",
            $"frame {packets.ResetFrame}: time to live {hops}; before: {Phrase.List(usual.Keys.Order())}",
            seen.Ending.InWords);
    }

    private static Suspicion? AfterHello(DiagnosisEvidence seen) =>
        seen.EndedAtHello && seen.Ending is { IsByServer: true, IsSilent: true }
            ? new($"the server ends with {seen.Ending.How} at the ClientHello, and says no word", 45,
                "many causes end so", [seen.Ending.InWords, .. Negotiation.Offers.Evidence(seen)])
            : null;

    private static Suspicion? HelloUnanswered(DiagnosisEvidence seen)
    {
        if (!seen.EndedAtHello || seen.Connection.FromServer is not { Records: 0, MissingOctets: 0 }) return null;
        if (seen.Said(Direction.ServerToClient).Any(item => item.At.Number > seen.OfferEvent!.At.Number)) return null;
        if (seen.Ending.By is not null && !(seen.Ending.IsByClient && seen.Ending.Alert is null)) return null;
        if (seen is { Context.CutAt: not null, Ending.By: null }) return null;
        var waited = Since(seen);
        if (seen.Ending.By is not null && waited < LongWait) return null;
        return new(
            "the ClientHello gets no answer" + (seen.Ending.IsByClient
                ? $"; the client closes{Phrase.After(waited)} later"
                : ""),
            seen.Ending.IsByClient ? 70 : 48,
            seen.Ending.IsByClient ? "the client waited, and closed" : "the capture may end before the answer",
            $"frame {seen.OfferEvent!.At.Number}, ClientHello: {seen.OfferEvent.Message.Bytes.Length} octets",
            seen.Ending.InWords);
    }

    private static TimeSpan Since(DiagnosisEvidence seen) => seen.Ending.At is { } end
        ? TimeSpan.FromTicks((end.UnixNanoseconds - seen.OfferEvent!.At.UnixNanoseconds) / 100) : TimeSpan.Zero;

    private static Suspicion? Stalls(DiagnosisEvidence seen) =>
        seen is { Ending: { By: null, After: { } last }, IsComplete: false } && seen.Choice is not null
        && seen.Outcome is ConnectionOutcome.CaptureCut
            ? new($"the handshake stops after {last.Message.Type} of the {Phrase.Side(last.Direction)}", 42,
                "nobody closes, and nothing follows; the capture may end before", $"frame {last.At.Number} is the last")
            : null;

    private static Suspicion? InHandshake(DiagnosisEvidence seen) =>
        seen is { Ending: { IsSilent: true, After: not null }, IsComplete: false } && !seen.EndedAtHello
        && !seen.Facts.IsComplete
            ? new($"the {Phrase.Side(seen.Ending.By!.Value)} closes in the handshake after "
                + $"{seen.Ending.After!.Message.Type} with {seen.Ending.How}", 44, "many causes end so",
                seen.Ending.InWords)
            : null;

    private static Suspicion? NoCloseNotify(DiagnosisEvidence seen) =>
        seen.IsComplete && seen.Find("closed-without-close-notify") is { } finding
            ? new($"the {Phrase.Side(finding.Direction ?? seen.Ending.By ?? Direction.ServerToClient)} "
                + "closes without close_notify: its end could have been anybody's", 99,
                "FIN without close_notify before",
                $"frame {finding.Frame}: {finding.Message}")
            : null;

    private static Suspicion? Canceled(DiagnosisEvidence seen)
    {
        var alert = seen.Alerts.FirstOrDefault(item =>
            item.Alert.Description == Tls.Wire.AlertDescription.UserCanceled);
        if (alert is null || (seen.Facts.IsComplete
            && seen.Events.Any(item => item is ApplicationDataEvent))) return null;
        return new(
            $"the {Phrase.Side(alert.Direction)} gave up for a reason of its user's or program's, "
            + "not of the protocol", 95, "the alert says so", $"frame {alert.At.Number}, alert: {alert.Alert}");
    }
}
