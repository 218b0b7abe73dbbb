using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>What one end has said and what of it still waits for its message to become whole.</summary>
internal sealed class ClearTextSide
{
    private byte[] _buffer = new byte[256];
    private int _start;
    private int _end;

    /// <summary>Octets from the beginning of a message or line on.</summary>
    public ReadOnlySpan<byte> Pending => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Octets that were shown, or would have been without the limit.</summary>
    public long Shown { get; set; }

    /// <summary>Octets of content that were not told of yet.</summary>
    public long Content { get; set; }

    /// <summary>When the first of them came.</summary>
    public FrameStamp ContentAt { get; private set; }

    /// <summary>Messages since the dialogue began, or began anew behind a tunnel.</summary>
    public int Messages { get; set; }

    /// <summary>Octets that are no text and were only counted; null as long as there are none.</summary>
    public OpaqueOctets? Opaque { get; set; }

    /// <summary>What tells of them; it stands where the first of them came.</summary>
    public ClearTextEvent? OpaqueEvent { get; set; }

    /// <summary>The frame that brought the latest octets.</summary>
    public FrameStamp LatestAt { get; private set; }

    /// <summary>Counts content.</summary>
    public void Count(int octets, FrameStamp at)
    {
        if (Content == 0) ContentAt = at;
        Content += octets;
    }

    public void Append(ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        LatestAt = at;
        if (_buffer.Length - _end < bytes.Length)
        {
            var kept = _end - _start;
            var buffer = kept + bytes.Length <= _buffer.Length
                ? _buffer
                : new byte[Math.Max(kept + bytes.Length, _buffer.Length * 2)];
            Pending.CopyTo(buffer);
            (_buffer, _start, _end) = (buffer, 0, kept);
        }
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes octets off the front; the span is valid until more are appended.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = _buffer.AsSpan(_start, count);
        _start += count;
        if (_start == _end) _start = _end = 0;
        return taken;
    }
}
