using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification.Certificates;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Endings;

/// <summary>How a connection ends.</summary>
/// <remarks>
/// Which end closes first is often a matter of microseconds; so what healthy stacks do now and then is a note.
/// </remarks>
internal static class ClosingRules
{
    private const double NanosecondsPerMillisecond = 1e6;

    public static readonly Rule[] Rows =
    [
        new(
            "closed-in-handshake", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "Who gives up a handshake says why, with an alert.",
            Severity.Warning,
            InHandshake),
        new(
            "closed-in-record", "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            "An end closes after whole records.",
            Severity.Warning,
            InRecord),
        new(
            "closed-in-message", "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            "An end closes after whole messages.",
            Severity.Warning,
            InMessage),
        new(
            "closed-without-close-notify", "RFC 8446, Section 6.1; RFC 5246, Section 7.2.1",
            "An end says close_notify before its FIN, so that nobody else can end the connection in its name.",
            Severity.Note,
            WithoutCloseNotify),
        new(
            "reset-after-data", "RFC 8446, Section 6.1; RFC 5246, Section 7.2.1",
            "An end that has sent data closes with FIN: RST may take back what the other end has not read yet.",
            Severity.Note,
            ResetAfterData),
    ];

    private static void InHandshake(Evidence evidence, RuleHits hits)
    {
        var facts = evidence.Connection.Facts;
        if (facts.IsComplete || facts.FirstClose is not { Kind: CloseKind.Fin or CloseKind.Reset } close) return;
        var events = evidence.Connection.Events;
        // A closed record may be the alert.
        var until = events.TakeWhile(item => item is not EndEvent).ToList();
        if (until.Exists(item => item is EncryptedEvent or GapEvent or SslV2ErrorEvent)) return;
        if (until.OfType<HandshakeEvent>().LastOrDefault() is not { } last) return;
        // Who gets an answer that is no TLS, or has none, has nobody to tell.
        if (until.SkipWhile(item => !ReferenceEquals(item, last)).Any(IsNoTls)) return;
        var end = events.OfType<EndEvent>().First();
        hits.Add(
            $"Expected an alert of the {Sender.Of(end)}, or the rest of the handshake. "
            + $"Got: {Name(close.Kind)} {Late(last, end)}after "
            + $"{last.Message.Type} of the {Sender.Of(last)}{Unfinished(evidence, end)}.",
            end);
    }

    private static bool IsNoTls(ConnectionEvent item) =>
        item is ClearTextEvent or FaultEvent { Fault.Kind: WireFaultKind.NotTls };

    private static string Late(ConnectionEvent last, ConnectionEvent end)
    {
        var time = end.At.UnixNanoseconds - last.At.UnixNanoseconds;
        return last.At.UnixNanoseconds > 0 && time >= 0
            ? string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{time / NanosecondsPerMillisecond:0.0} ms ")
            : "";
    }

    // What the other end can be asked about: who closes after a certificate has most likely not liked it.
    private static string Unfinished(Evidence evidence, EndEvent end) =>
        evidence.Handshakes.SelectMany(handshake => handshake.Chains)
            .LastOrDefault(chain => chain.Event.Direction != end.Direction) is { } chain
        && chain.Leaf is { } leaf && CertificateRules.TimeOf(chain.Event) is { } now && leaf.NotAfter < now
            ? $", whose certificate had expired {(long)(now - leaf.NotAfter).TotalDays} days before"
            : "";

    private static void InRecord(Evidence evidence, RuleHits hits)
    {
        foreach (var (fault, end) in Endings<FaultEvent>(evidence))
        {
            if (fault.Fault is { Kind: WireFaultKind.Truncated, Owner: FaultOwner.Peer })
                hits.Add(
                    $"Expected the rest of a record of which {fault.Bytes.Length} octets came. Got: {Name(end)}.",
                        fault);
        }
    }

    private static void InMessage(Evidence evidence, RuleHits hits)
    {
        foreach (var (message, end) in Endings<HandshakeEvent>(evidence))
        {
            if (message.Message.Fault is { Kind: WireFaultKind.Truncated, Owner: FaultOwner.Peer } fault
                && fault.Offset >= 0
                && evidence.Places.Find(message) is not null)
            {
                hits.Add(
                    $"Expected the rest of {message.Message.Type} after {message.Message.Bytes.Length} octets of it. "
                    + $"Got: {Name(end)}.",
                    message);
            }
        }
    }

    // Each end of a direction with the last event before it.
    private static IEnumerable<(T Last, EndEvent End)> Endings<T>(Evidence evidence)
        where T : ConnectionEvent
    {
        var last = new ConnectionEvent?[2];
        foreach (var item in evidence.Events)
        {
            if (item is EndEvent end && last[(int)end.Direction] is T before) yield return (before, end);
            if (item is not AnomalyEvent) last[(int)item.Direction] = item;
        }
    }

    private static void WithoutCloseNotify(Evidence evidence, RuleHits hits)
    {
        if (!evidence.Connection.Facts.IsComplete) return;
        var said = new bool[2];
        foreach (var item in evidence.Events)
        {
            // RFC 5246, Section 7.2.1: the answer to a close_notify may be lost with the connection.
            if (item is AlertEvent { Alert: var alert }
                && (alert.IsFatal || alert.Description == AlertDescription.CloseNotify))
                said[0] = said[1] = true;
            // A closed record may be an alert.
            if (item is EncryptedEvent or GapEvent) return;
            if (item is EndEvent { End: ConnectionEnd.Fin } end && !said[(int)end.Direction])
            {
                hits.Add($"Expected close_notify of the {Sender.Of(end)}. Got: FIN.", end);
                return;
            }
        }
    }

    private static void ResetAfterData(Evidence evidence, RuleHits hits)
    {
        var (hasSent, hasEnded) = (new bool[2], new bool[2]);
        foreach (var item in evidence.Events)
        {
            if (item is ApplicationDataEvent) hasSent[(int)item.Direction] = true;
            // RFC 9293, Section 3.6.1: who has closed and then gets more data answers by RST.
            if (item is EndEvent { End: ConnectionEnd.Fin }) hasEnded[(int)item.Direction] = true;
            if (item is EndEvent { End: ConnectionEnd.Reset } end && hasSent[(int)end.Direction]
                && !hasEnded[(int)end.Direction])
            {
                hits.Add($"Expected FIN of the {Sender.Of(end)}. Got: RST.", end);
                return;
            }
        }
    }

    private static string Name(CloseKind kind) => kind == CloseKind.Fin ? "FIN" : "RST";

    private static string Name(EndEvent end) => end.End == ConnectionEnd.Fin ? "FIN" : "RST";
}
