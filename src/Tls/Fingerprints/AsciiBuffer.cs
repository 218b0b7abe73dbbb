using System.Buffers;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>ASCII text that grows from a buffer of the caller, mostly on its stack, into a rented one.</summary>
internal ref struct AsciiBuffer(Span<char> initial)
{
    private Span<char> _letters = initial;
    private char[]? _rented;
    private int _length;

    public readonly int Length => _length;

    public readonly ReadOnlySpan<char> Written => _letters[.._length];

    public void Append(char letter)
    {
        if (_length == _letters.Length) Grow(1);
        _letters[_length++] = letter;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _letters.Length - _length) Grow(text.Length);
        text.CopyTo(_letters[_length..]);
        _length += text.Length;
    }

    public void AppendDecimal(int value)
    {
        int written;
        while (!value.TryFormat(_letters[_length..], out written)) Grow(11);
        _length += written;
    }

    /// <summary>Four digits in lower case.</summary>
    public void AppendHex(ushort value)
    {
        if (_letters.Length - _length < 4) Grow(4);
        for (var shift = 12; shift >= 0; shift -= 4) _letters[_length++] = HexDigit(value >> shift);
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

    public static char HexDigit(int value) => "0123456789abcdef"[value & 0xf];

    public override readonly string ToString() => Written.ToString();

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
        _rented = null;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_letters.Length * 2, _length + more));
        Written.CopyTo(larger);
        Dispose();
        _letters = _rented = larger;
    }
}
