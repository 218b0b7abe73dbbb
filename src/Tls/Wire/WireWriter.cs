using System.Buffers.Binary;

namespace TlsInterop.Tls.Wire;

/// <summary>
/// Writes the presentation language of the RFCs: the counterpart of <see cref="WireReader"/>. The bounds of an RFC are
/// not enforced, so that a message can be wrong on purpose; it throws only for what the wire can't hold.
/// </summary>
/// <remarks>RFC 8446, Section 3.</remarks>
public sealed class WireWriter
{
    private readonly Stack<(int Start, int Octets, string Field)> _open = [];
    private byte[] _buffer = new byte[256];

    /// <summary>Octets written so far.</summary>
    public int Length { get; private set; }

    public void U8(byte value) => Number(value, 1);

    public void U16(ushort value) => Number(value, 2);

    /// <summary>A number of three octets; the field is named if it is too large.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Three octets can't hold the value.</exception>
    public void U24(int value, string field)
    {
        if (value is < 0 or > 0xffffff)
            throw new ArgumentOutOfRangeException(field, value, "Expected a number of three octets.");
        Number((uint)value, 3);
    }

    public void U32(uint value) => Number(value, 4);

    /// <summary><c>opaque field[length]</c>: the octets, without a length.</summary>
    public void Opaque(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

    /// <summary><c>opaque field&lt;..&gt;</c> with a length of one octet.</summary>
    /// <exception cref="ArgumentException">More than 255 octets.</exception>
    public void Vector8(ReadOnlySpan<byte> bytes, string field) => Vector(bytes, 1, field);

    /// <summary><c>opaque field&lt;..&gt;</c> with a length of two octets.</summary>
    /// <exception cref="ArgumentException">More than 2^16-1 octets.</exception>
    public void Vector16(ReadOnlySpan<byte> bytes, string field) => Vector(bytes, 2, field);

    /// <summary><c>opaque field&lt;..&gt;</c> with a length of three octets.</summary>
    /// <exception cref="ArgumentException">More than 2^24-1 octets.</exception>
    public void Vector24(ReadOnlySpan<byte> bytes, string field) => Vector(bytes, 3, field);

    /// <summary>Begins a list with a length of one octet; to dispose of the result ends it.</summary>
    public WireList List8(string field) => Open(1, field);

    /// <summary>Begins a list with a length of two octets; to dispose of the result ends it.</summary>
    public WireList List16(string field) => Open(2, field);

    /// <summary>Begins a list with a length of three octets; to dispose of the result ends it.</summary>
    public WireList List24(string field) => Open(3, field);

    /// <summary>All that was written.</summary>
    /// <exception cref="InvalidOperationException">A list has no end yet.</exception>
    public byte[] ToArray() => _open.TryPeek(out var list)
        ? throw new InvalidOperationException($"Expected the end of {list.Field} first.")
        : _buffer[..Length];

    /// <summary>Ends the innermost list: its length is known now.</summary>
    internal void Close()
    {
        var (start, octets, field) = _open.Pop();
        var length = Length - start - octets;
        RequireRoom(length, octets, field);
        Put(_buffer.AsSpan(start, octets), (uint)length);
    }

    private WireList Open(int octets, string field)
    {
        _open.Push((Length, octets, field));
        Number(0, octets);
        return new(this);
    }

    private void Vector(ReadOnlySpan<byte> bytes, int octets, string field)
    {
        RequireRoom(bytes.Length, octets, field);
        Number((uint)bytes.Length, octets);
        Opaque(bytes);
    }

    private void Number(uint value, int octets) => Put(Next(octets), value);

    private Span<byte> Next(int octets)
    {
        if (octets > _buffer.Length - Length) Array.Resize(ref _buffer, Math.Max(Length + octets, _buffer.Length * 2));
        var next = _buffer.AsSpan(Length, octets);
        Length += octets;
        return next;
    }

    private static void Put(Span<byte> place, uint value)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        octets[^place.Length..].CopyTo(place);
    }

    private static void RequireRoom(int length, int octets, string field)
    {
        var max = (1 << (8 * octets)) - 1;
        if (length > max)
            throw new ArgumentException($"Expected at most {max} octets in {field}. Got: {length}", nameof(field));
    }
}
