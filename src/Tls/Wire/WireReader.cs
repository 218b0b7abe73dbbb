using System.Buffers.Binary;

namespace TlsInterop.Tls.Wire;

/// <summary>
/// Reads the presentation language of the RFCs from foreign bytes. It never throws: the first fault is kept, and from
/// then on every read gives zero or nothing, so that a parser is a plain list of reads. All index arithmetic lives
/// here.
/// </summary>
/// <remarks>RFC 8446, Section 3.</remarks>
public ref struct WireReader
{
    private readonly Shared _shared;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ReadOnlySpan<byte> _span; // of the same octets: a number is read without asking the memory for it
    private readonly int _start;
    private int _position;

    /// <summary>Starts at the first of the bytes.</summary>
    /// <param name="bytes">What to read. Results are slices of it.</param>
    /// <param name="owner">Who is to blame if the bytes end too early.</param>
    /// <param name="offset">Offset of the first octet for faults.</param>
    public WireReader(ReadOnlyMemory<byte> bytes, FaultOwner owner = FaultOwner.Peer, int offset = 0)
        : this(new Shared(owner), bytes, offset)
    {
    }

    private WireReader(Shared shared, ReadOnlyMemory<byte> bytes, int start)
    {
        (_shared, _bytes, _start) = (shared, bytes, start);
        _span = bytes.Span;
    }

    /// <summary>The first fault of this reader and all readers that came from it; null so far.</summary>
    public readonly WireFault? Fault => _shared.Fault;

    /// <summary>True while there is something left and nothing failed: the condition of list loops.</summary>
    public readonly bool More => Fault is null && _position < _span.Length;

    /// <summary>Octets left.</summary>
    public readonly int Remaining => Fault is null ? _span.Length - _position : 0;

    /// <summary>What is left, without reading it; nothing behind a fault.</summary>
    public readonly ReadOnlyMemory<byte> Left => Fault is null ? _bytes[_position..] : default;

    /// <summary>Offset of the next octet, as faults count.</summary>
    public readonly int Offset => _start + _position;

    public byte U8(string field) => Has(1, field) ? _span[_position++] : default;

    public ushort U16(string field)
    {
        if (!Has(2, field)) return 0;
        _position += 2;
        return BinaryPrimitives.ReadUInt16BigEndian(_span[(_position - 2)..]);
    }

    public int U24(string field) => (int)Number(3, field);

    public uint U32(string field) => (uint)Number(4, field);

    /// <summary>All elements of a list of such numbers, without one that is cut.</summary>
    public List<T> AllU16<T>(string field, Func<ushort, T> make)
    {
        var values = new List<T>(Remaining / sizeof(ushort));
        while (More)
        {
            var value = U16(field);
            if (Fault is null) values.Add(make(value));
        }
        return values;
    }

    /// <summary><c>opaque field[length]</c>.</summary>
    public ReadOnlyMemory<byte> Take(int length, string field)
    {
        if (!Has(length, field)) return default;
        var taken = _bytes.Slice(_position, length);
        _position += length;
        return taken;
    }

    /// <summary><c>opaque field&lt;min..max&gt;</c> with a length of one octet.</summary>
    public ReadOnlyMemory<byte> Vector8(string field, int min = 0, int max = 0xff) =>
        Take(Length(1, field, min, max), field);

    /// <summary><c>opaque field&lt;min..max&gt;</c> with a length of two octets.</summary>
    public ReadOnlyMemory<byte> Vector16(string field, int min = 0, int max = 0xffff) =>
        Take(Length(2, field, min, max), field);

    /// <summary><c>opaque field&lt;min..max&gt;</c> with a length of three octets.</summary>
    public ReadOnlyMemory<byte> Vector24(string field, int min = 0, int max = 0xffffff) =>
        Take(Length(3, field, min, max), field);

    /// <summary>A list with a length of one octet: a reader bounded to its elements.</summary>
    public WireReader List8(string field, int min = 0, int max = 0xff) => Child(Length(1, field, min, max), field);

    /// <summary>A list with a length of two octets: a reader bounded to its elements.</summary>
    public WireReader List16(string field, int min = 0, int max = 0xffff) => Child(Length(2, field, min, max), field);

    /// <summary>A list with a length of three octets: a reader bounded to its elements.</summary>
    public WireReader List24(string field, int min = 0, int max = 0xffffff) => Child(Length(3, field, min, max), field);

    /// <summary>All that is left.</summary>
    public ReadOnlyMemory<byte> Rest()
    {
        if (Fault is not null) return default;
        var rest = _bytes[_position..];
        _position = _bytes.Length;
        return rest;
    }

    /// <summary>Nothing may follow.</summary>
    public readonly void End(string structure)
    {
        if (!More) return;
        Fail(
            WireFaultKind.TrailingBytes, structure, $"Expected the end. Got: {Remaining} more octets", FaultOwner.Peer);
    }

    /// <summary>Reports a value that was read but is not allowed.</summary>
    public readonly void Reject(string field, string detail, WireFaultKind kind = WireFaultKind.IllegalValue) =>
        Fail(kind, field, detail, FaultOwner.Peer);

    // False, with a fault, if there are fewer octets.
    private readonly bool Has(int octets, string field)
    {
        if (Fault is not null) return false;
        if (octets <= _span.Length - _position) return true;
        Fail(WireFaultKind.Truncated, field,
            $"Expected {octets} octet{(octets == 1 ? "" : "s")}. Got: {_span.Length - _position}", _shared.Owner);
        return false;
    }

    private uint Number(int octets, string field)
    {
        if (!Has(octets, field)) return 0;
        var value = 0u;
        foreach (var octet in _span.Slice(_position, octets)) value = value << 8 | octet;
        _position += octets;
        return value;
    }

    private int Length(int octets, string field, int min, int max)
    {
        var length = (int)Number(octets, field);
        if (Fault is null && (length < min || length > max))
            Fail(WireFaultKind.LengthOutOfRange, field, $"Expected {min} to {max} octets. Got: {length}",
                FaultOwner.Peer);
        return length;
    }

    private WireReader Child(int length, string field)
    {
        var start = Offset;
        // A cut list is still worth its first elements: the fault comes from the element that is missing.
        if (Fault is null && length > Remaining && _shared.Owner == FaultOwner.CutCapture)
        {
            var rest = Rest();
            return new(_shared, rest, start);
        }
        return new(_shared, Take(length, field), start);
    }

    private readonly void Fail(WireFaultKind kind, string field, string detail, FaultOwner owner) =>
        _shared.Fault ??= new(kind, field, Offset, owner, detail);

    private sealed class Shared(FaultOwner owner)
    {
        public FaultOwner Owner { get; } = owner;

        public WireFault? Fault { get; set; }
    }
}
