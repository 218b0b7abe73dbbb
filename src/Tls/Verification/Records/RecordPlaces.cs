using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>
/// Knows in which records each message, alert, ChangeCipherSpec, heartbeat and piece of data stands.
/// </summary>
public sealed class RecordPlaces
{
    private static readonly Direction[] Directions = [Direction.ClientToServer, Direction.ServerToClient];

    private readonly Dictionary<ConnectionEvent, Place> _places = new(ReferenceEqualityComparer.Instance);

    internal RecordPlaces(Evidence evidence)
    {
        foreach (var direction in Directions)
        {
            var records = Array.FindAll(evidence.Records, record => record.Direction == direction);
            var events = Array.FindAll(evidence.Events, item => item.Direction == direction);
            FindMessages(records, events);
            FindOthers<AlertEvent>(records, events, ContentType.Alert, octets: 2);
            FindOthers<ChangeCipherSpecEvent>(records, events, ContentType.ChangeCipherSpec, octets: null);
            FindOthers<HeartbeatEvent>(records, events, ContentType.Heartbeat, octets: null);
            FindOthers<ApplicationDataEvent>(records, events, ContentType.ApplicationData, octets: null);
        }
    }

    /// <summary>Where an event stands.</summary>
    /// <param name="First">The record that holds its first octet.</param>
    /// <param name="Last">The record that holds its last octet.</param>
    /// <param name="Behind">Octets of handshake messages that follow it in its last record.</param>
    public sealed record Place(DecodedRecord First, DecodedRecord Last, int Behind);

    /// <summary>Where an event stands, or null if it is in no whole record.</summary>
    public Place? Find(ConnectionEvent item) => _places.GetValueOrDefault(item);

    /// <summary>The number of the record that shows a hit, or null.</summary>
    internal long? NumberOf(RuleHit hit) =>
        (hit.Record ?? (hit.Event is { } item ? Find(item)?.First : null))?.Number;

    /// <summary>What a record carries once its protection is removed; null if it stays closed.</summary>
    internal static (ContentType Type, ReadOnlyMemory<byte> Content)? ContentOf(DecodedRecord record) =>
        !record.IsProtected ? (record.Record.Type, record.Record.Fragment)
        : record.Opened is { IsReadable: true } opened ? (new ContentType(opened.ContentType), opened.Content)
        : null;

    // RFC 8446, Section 5.1: messages may be joined and split at will, so they are followed as one stream. A message
    // whose octets are not those of the stream came in a record that was cut; what follows has no place then.
    private void FindMessages(DecodedRecord[] records, ConnectionEvent[] events)
    {
        var (index, used) = (0, 0);
        var content = Messages(records, ref index);
        foreach (var item in events)
        {
            if (item is not HandshakeEvent { Message.Bytes: var rest }) continue;
            DecodedRecord? first = null, last = null;
            while (!rest.IsEmpty)
            {
                if (index == records.Length) return;
                var length = Math.Min(rest.Length, content.Length - used);
                if (!content.Span.Slice(used, length).SequenceEqual(rest.Span[..length])) return;
                first ??= records[index];
                last = records[index];
                rest = rest[length..];
                used += length;
                if (used < content.Length) continue;
                (index, used) = (index + 1, 0);
                content = Messages(records, ref index);
            }
            if (first is null || last is null) continue;
            _places[item] = new Place(first, last, used == 0 ? 0 : content.Length - used);
        }
    }

    // The next octets of messages, at the index or behind it.
    private static ReadOnlyMemory<byte> Messages(DecodedRecord[] records, ref int index)
    {
        for (; index < records.Length; index++)
        {
            if (ContentOf(records[index]) is { Content.IsEmpty: false } found && found.Type == ContentType.Handshake)
                return found.Content;
        }
        return default;
    }

    private void FindOthers<T>(
        DecodedRecord[] records, ConnectionEvent[] events, ContentType type, int? octets)
        where T : ConnectionEvent
    {
        var next = 0;
        foreach (var record in records)
        {
            if (ContentOf(record) is not { } found || found.Type != type) continue;
            var count = octets is { } each ? found.Content.Length / each : 1;
            for (; count > 0; count--)
            {
                while (next < events.Length && events[next] is not T) next++;
                if (next == events.Length) return;
                _places[events[next++]] = new Place(record, record, 0);
            }
        }
    }
}
