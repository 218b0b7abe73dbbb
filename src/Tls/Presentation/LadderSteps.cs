using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>One line of a ladder.</summary>
/// <param name="First">The event that it shows, or the first of several.</param>
/// <param name="Name">The message.</param>
/// <param name="Octets">Its size as sent; null for what has none.</param>
/// <param name="Detail">What it says.</param>
/// <param name="IsTrouble">True for what a reader must not miss: alerts, gaps, faults.</param>
public sealed record LadderStep(
    ConnectionEvent First, string Name, long? Octets, string Detail, bool IsTrouble = false)
{
    /// <summary>Every field and extension of a message, each a name and a text; empty of what is no message.</summary>
    public IEnumerable<(string Name, string Text)> Fields =>
        First is HandshakeEvent { Message: var message } ? MessageDetail.Fields(message) : [];

    /// <summary>Number of its record among those of its direction; null if it has none.</summary>
    public long? Record =>
        First.RecordNumber > 0 && First is not (EndEvent or GapEvent or ClearTextEvent or AnomalyEvent)
            ? First.RecordNumber : null;

    /// <summary>True for an alert, whatever it says.</summary>
    public bool IsAlert => First is AlertEvent or SslV2ErrorEvent;
}

/// <summary>The events of a connection as the lines of a ladder; neighbouring records of data are one.</summary>
public static class LadderSteps
{
    // In the order of the enumeration.
    private static readonly string[] Words =
    [
        "octets differ from those that were seen at the same place before; the first ones are shown",
        "a segment further ahead than any window reaches; it is left out",
        "data behind a FIN; it is left out",
        "more segments came too early than are kept; what they waited for was given up",
        "captured before octets of the other end that it acknowledges; it is shown behind them",
    ];

    /// <summary>The lines.</summary>
    /// <param name="events">Events of one connection, in order.</param>
    public static IEnumerable<LadderStep> Of(IReadOnlyList<ConnectionEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (!IsData(events[i]))
            {
                if (Step(events[i]) is { } step) yield return step;
                continue;
            }
            var run = i;
            while (i + 1 < events.Count && IsSameData(events[run], events[i + 1])) i++;
            yield return Data(events, run, i);
        }
    }

    private static bool IsData(ConnectionEvent item) =>
        item is ApplicationDataEvent or EncryptedEvent { Type.Code: 23 };

    private static bool IsSameData(ConnectionEvent first, ConnectionEvent next) =>
        IsData(next) && next.GetType() == first.GetType() && next.Direction == first.Direction
        && (first as ApplicationDataEvent)?.IsEarly == (next as ApplicationDataEvent)?.IsEarly;

    private static LadderStep Data(IReadOnlyList<ConnectionEvent> events, int first, int last)
    {
        long octets = 0;
        for (var i = first; i <= last; i++)
            octets += events[i] is ApplicationDataEvent data ? data.Content.Length : ((EncryptedEvent)events[i]).Length;
        var name = events[first] switch
        {
            ApplicationDataEvent { IsEarly: true } => "early data",
            ApplicationDataEvent => "application data",
            _ => "(encrypted)",
        };
        return new(events[first], name, octets, last > first ? $"{last - first + 1} records" : "");
    }

    private static LadderStep? Step(ConnectionEvent item) => item switch
    {
        HandshakeEvent handshake => new(item, MessageDetail.Name(handshake.Message), handshake.Message.Bytes.Length,
            MessageDetail.Of(handshake)),
        ChangeCipherSpecEvent => new(item, "ChangeCipherSpec", 1, Remark(item)),
        AlertEvent { Alert: var alert } =>
            new(item, "Alert", 2, $"{alert}{Remark(item)}", alert.Description != AlertDescription.CloseNotify),
        SslV2ErrorEvent error => new(item, "ERROR", 3, $"{error.Meaning} ({error.Code})", IsTrouble: true),
        EncryptedEvent { Type: var type, Length: var length } => new(item, $"{type} (encrypted)", length, Remark(item)),
        ClearTextEvent text => new(item, "clear text", text.Octets, text.Line),
        HeartbeatEvent beat => new(item, beat.MessageType switch
        {
            1 => "heartbeat request",
            2 => "heartbeat response",
            var other => $"heartbeat 0x{other:x2}",
        }, beat.Octets, $"payload_length {beat.PayloadLength}"),
        AnomalyEvent { Anomaly: var anomaly } => new(item, "anomaly", null, Words[(int)anomaly], IsTrouble: true),
        GapEvent gap => new(item, "gap", gap.Length, "octets that the capture lacks", IsTrouble: true),
        FaultEvent { Fault: var fault } => new(item, "fault", null, FaultText.Brief(fault), IsTrouble: true),
        EndEvent { End: var end } => new(item, end == Capture.ConnectionEnd.Fin ? "FIN" : "RST", null, ""),
        _ => null,
    };

    private static string Remark(ConnectionEvent item) => item.Remark ?? "";
}
