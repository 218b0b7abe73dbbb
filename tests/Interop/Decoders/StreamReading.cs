using TlsInterop.Tls.Capture;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>
/// What a decoder says of one connection, in words that both decoders can form: a text for each
/// <see cref="ReadingField"/>, numbers as on the wire, <c>&gt;</c> before what the client sends, <c>&lt;</c> before
/// what the server sends.
/// </summary>
internal sealed class StreamReading
{
    private readonly Dictionary<ReadingField, List<string>> _items = [];

    /// <summary>What is said of a field; empty if nothing is.</summary>
    public string this[ReadingField field] => string.Join(' ', Items(field));

    /// <summary>True if the decoder found no TLS.</summary>
    public bool IsEmpty => _items.Count == 0;

    public void Add(ReadingField field, string item)
    {
        if (!_items.TryGetValue(field, out var items)) _items[field] = items = [];
        items.Add(item);
    }

    public void Add(ReadingField field, Direction direction, string item) => Add(field, Mark(direction) + item);

    /// <summary>Says of a field what one direction adds up to.</summary>
    public void AddOctets(Direction direction, byte[] octets)
    {
        if (octets.Length > 0) Add(ReadingField.ApplicationData, direction, Fingerprint.Of(octets));
    }

    // Records of one direction have an order; between the two only messages do.
    private IEnumerable<string> Items(ReadingField field)
    {
        var items = _items.GetValueOrDefault(field, []);
        return field == ReadingField.Records ? items.OrderBy(item => item[0]) : items;
    }

    private static string Mark(Direction direction) => direction == Direction.ClientToServer ? ">" : "<";
}
