namespace TlsInterop.Tls.Wire.Der;

/// <summary>
/// Reads ASN.1 in DER from foreign bytes without ever throwing: after the first thing that is not as expected, every
/// read gives nothing, so that a parser is a plain list of reads that looks at <see cref="Failed"/> once.
/// </summary>
/// <remarks>
/// ITU-T X.690, Section 8.1 and 10.1. Lengths that are longer than they need be are read: old certificates have them.
/// .NET's AsnReader reports foreign bytes by exceptions, which cost a thousand times what the sender spends on them.
/// </remarks>
public ref struct DerReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _position;

    public DerReader(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>True once a read did not find what it was to read.</summary>
    public bool Failed { get; private set; }

    /// <summary>True while there is something left and nothing failed: the condition of list loops.</summary>
    public readonly bool More => !Failed && _position < _bytes.Length;

    /// <summary>The identifier octet of the next element; 0 if there is none.</summary>
    public readonly byte Tag => More ? _bytes.Span[_position] : (byte)0;

    /// <summary>The content of the next element, which must have this tag.</summary>
    public ReadOnlyMemory<byte> Take(byte tag)
    {
        if (Tag == tag && Element() is (var start, var length, var end))
        {
            _position = end;
            return _bytes.Slice(start, length);
        }
        Failed = true;
        return default;
    }

    /// <summary>The next element, whatever it is, with its identifier and length.</summary>
    public ReadOnlyMemory<byte> TakeEncoded()
    {
        if (Element() is not (_, _, var end))
        {
            Failed = true;
            return default;
        }
        var encoded = _bytes[_position..end];
        _position = end;
        return encoded;
    }

    /// <summary>An element that may be left out: its content if it is next.</summary>
    public bool TryTake(byte tag, out ReadOnlyMemory<byte> content)
    {
        var isNext = Tag == tag;
        content = isNext ? Take(tag) : default;
        return isNext && !Failed;
    }

    /// <summary>The elements inside the next element, which must have this tag.</summary>
    public DerReader Enter(byte tag)
    {
        var content = Take(tag);
        return new(content) { Failed = Failed };
    }

    // Where the content of the next element starts, how long it is, and where the element ends; null if it is cut off.
    private readonly (int Start, int Length, int End)? Element()
    {
        if (!More) return null;
        var rest = _bytes.Span[_position..];
        // Tags above 30 need more octets, and nothing here has one; 0x80 is a length that only the end tells.
        if (rest.Length < 2 || (rest[0] & 0x1f) == 0x1f || rest[1] is 0x80 or > 0x84) return null;
        var header = 2;
        long length = rest[1];
        if (rest[1] > 0x80)
        {
            header += rest[1] & 0x7f;
            if (rest.Length < header) return null;
            length = 0;
            foreach (var octet in rest[2..header]) length = length << 8 | octet;
        }
        if (length > rest.Length - header) return null;
        var start = _position + header;
        return (start, (int)length, start + (int)length);
    }
}
