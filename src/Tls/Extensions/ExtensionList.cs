using System.Collections;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The extensions of one message in wire order.</summary>
/// <remarks>RFC 8446, Section 4.2. Up to TLS 1.2 a hello may lack the whole list (RFC 5246, Section 7.4.1.2).</remarks>
public sealed class ExtensionList : IReadOnlyList<Extension>
{
    /// <summary>So many are searched faster than looked up, and no honest list has more.</summary>
    private const int MostSearched = 32;

    /// <summary>Octets of extension_type and length.</summary>
    private const int HeaderLength = 4;

    private readonly List<Extension> _items = [];

    // 16,000 extensions fit into one list: they are looked up, not searched for.
    private Dictionary<ExtensionType, Extension>? _firstOfType;

    private ExtensionList(bool present) => IsPresent = present;

    /// <summary>No list on the wire.</summary>
    public static ExtensionList Absent { get; } = new(present: false);

    /// <summary>False if the message ends before the list's length.</summary>
    public bool IsPresent { get; }

    public int Count => _items.Count;

    public Extension this[int index] => _items[index];

    /// <summary>A list to be sent, in this order.</summary>
    public static ExtensionList Of(IEnumerable<Extension> extensions)
    {
        var made = new ExtensionList(present: true);
        foreach (var extension in extensions) made.Add(extension);
        return made;
    }

    /// <summary>Reads a list that must be there, though it may be empty.</summary>
    public static ExtensionList Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { ExtensionType extension_type; opaque extension_data<0..2^16-1>; } Extension;
        // Extension extensions<0..2^16-1>;
        var read = new ExtensionList(present: true);
        var list = reader.List16("extensions");
        while (list.More)
        {
            var type = new ExtensionType(list.U16("extension_type"));
            var start = list.Offset + 2;
            var data = list.Vector16("extension_data");
            if (list.Fault is not null) break;

            var item = RecentExtensions.Read(type, data, place, start);
            if (read.Has(type) && item.Fault is null)
            {
                item = item with
                {
                    Fault = new(WireFaultKind.Duplicate, "extension_type", start - HeaderLength, FaultOwner.Peer,
                        $"Expected each extension once. Got: {type} again"),
                };
            }
            read.Add(item);
        }
        return read;
    }

    /// <summary>Reads the list of a hello, which may be missing.</summary>
    public static ExtensionList ReadOptional(ref WireReader reader, ExtensionPlace place) =>
        reader.More ? Read(ref reader, place) : Absent;

    /// <summary>Writes the list with its length; an absent one leaves nothing.</summary>
    public void Write(WireWriter writer, ExtensionPlace place)
    {
        if (!IsPresent) return;
        using var list = writer.List16("extensions");
        foreach (var item in _items) item.Write(writer, place);
    }

    /// <summary>The first extension of a type, or null.</summary>
    public Extension? Find(ExtensionType type)
    {
        if (_firstOfType is not null) return _firstOfType.GetValueOrDefault(type);
        foreach (var item in _items)
            if (item.Type == type) return item;
        return null;
    }

    /// <summary>The content of the first extension with that kind of content, or null.</summary>
    public T? Find<T>() where T : ExtensionBody
    {
        foreach (var item in _items)
            if (item.Body is T body) return body;
        return null;
    }

    public bool Has(ExtensionType type) => Find(type) is not null;

    public List<Extension>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<Extension> IEnumerable<Extension>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Add(Extension item)
    {
        _items.Add(item);
        if (_items.Count == MostSearched)
            _firstOfType = _items.DistinctBy(each => each.Type).ToDictionary(each => each.Type);
        else _firstOfType?.TryAdd(item.Type, item);
    }
}
