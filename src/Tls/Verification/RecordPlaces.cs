using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>
/// Knows in which records each message, alert, ChangeCipherSpec and piece of data stands.
/// </summary>
public sealed class RecordPlaces
{
    private readonly Dictionary<ConnectionEvent, Place> _places = new(ReferenceEqualityComparer.Instance);

    internal RecordPlaces(DecodedConnection connection)
    {
        foreach (var direction in (Direction[])[Direction.ClientToServer, Direction.ServerToClient])
        {
            var records = connection.Records.Where(record => record.Direction == direction).ToList();
            var events = connection.Events.Where(item => item.Direction == direction).ToList();
            FindMessages(records, [.. events.OfType<HandshakeEvent>()]);
            FindOthers<AlertEvent>(records, events, ContentType.Alert, octets: 2);
            FindOthers<ChangeCipherSpecEvent>(records, events, ContentType.ChangeCipherSpec, octets: null);
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
        : record.Opened is { IsOk: true } opened ? (new ContentType(opened.ContentType), opened.Content)
        : null;

    // RFC 8446, Section 5.1: messages may be joined and split at will, so they are followed as one stream. A message
    // whose octets are not those of the stream came in a record that was cut; what follows has no place then.
    private void FindMessages(List<DecodedRecord> records, List<HandshakeEvent> messages)
    {
        var parts = records.Select(record => (Record: record, Found: ContentOf(record)))
            .Where(part => part.Found is { } found && found.Type == ContentType.Handshake && !found.Content.IsEmpty)
            .Select(part => (part.Record, part.Found!.Value.Content)).ToList();
        var (index, used) = (0, 0);
        foreach (var item in messages)
        {
            DecodedRecord? first = null, last = null;
            for (var rest = item.Message.Bytes; !rest.IsEmpty;)
            {
                if (index == parts.Count) return;
                var (record, content) = parts[index];
                var length = Math.Min(rest.Length, content.Length - used);
                if (!content.Span.Slice(used, length).SequenceEqual(rest.Span[..length])) return;
                first ??= record;
                last = record;
                rest = rest[length..];
                used += length;
                if (used == content.Length) (index, used) = (index + 1, 0);
            }
            if (first is null || last is null) continue;
            _places[item] = new Place(first, last, used == 0 ? 0 : parts[index].Content.Length - used);
        }
    }

    private void FindOthers<T>(
        List<DecodedRecord> records, List<ConnectionEvent> events, ContentType type, int? octets)
        where T : ConnectionEvent
    {
        using var items = events.OfType<T>().GetEnumerator();
        foreach (var record in records)
        {
            if (ContentOf(record) is not { } found || found.Type != type) continue;
            var count = octets is { } each ? found.Content.Length / each : 1;
            for (; count > 0 && items.MoveNext(); count--) _places[items.Current] = new Place(record, record, 0);
        }
    }
}
