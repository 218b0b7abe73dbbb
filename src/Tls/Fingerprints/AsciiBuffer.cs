using System.Buffers;
using System.Text;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>ASCII text that grows from a buffer of the caller, mostly on its stack, into a rented one.</summary>
internal ref struct AsciiBuffer(Span<byte> initial)
{
    private Span<byte> _bytes = initial;
    private byte[]? _rented;
    private int _length;

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Written => _bytes[.._length];

    public void Append(char letter)
    {
        if (_length == _bytes.Length) Grow(1);
        _bytes[_length++] = (byte)letter;
    }

    public void Append(ReadOnlySpan<byte> text)
    {
        if (text.Length > _bytes.Length - _length) Grow(text.Length);
        text.CopyTo(_bytes[_length..]);
        _length += text.Length;
    }

    public void AppendDecimal(int value)
    {
        int written;
        while (!value.TryFormat(_bytes[_length..], out written)) Grow(11);
        _length += written;
    }

    /// <summary>Four digits in lower case.</summary>
    public void AppendHex(ushort value)
    {
        if (_bytes.Length - _length < 4) Grow(4);
        for (var shift = 12; shift >= 0; shift -= 4) _bytes[_length++] = HexDigit(value >> shift);
    }

    /// <summary>Two digits; 99 for more.</summary>
    public void AppendCount(int value)
    {
        var count = Math.Min(value, 99);
        Append((char)('0' + count / 10));
        Append((char)('0' + count % 10));
    }

    /// <summary>Forgets what stands behind a place.</summary>
    public void Truncate(int length) => _length = length;

    public static byte HexDigit(int value) => "0123456789abcdef"u8[value & 0xf];

    public override readonly string ToString() => Encoding.ASCII.GetString(Written);

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + more));
        Written.CopyTo(larger);
        Dispose();
        _bytes = _rented = larger;
    }
}
