namespace TlsInterop.Tls.Capture.Files;

/// <summary>
/// A stream read forward through one buffer, which grows with what is really there and never with what a length claims.
/// </summary>
internal sealed class ByteSource(Stream stream)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    /// <summary>Offset of the next octet in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>Octets that are here already; others may follow.</summary>
    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Waits until some octets are here.</summary>
    /// <returns>False if the stream ends before.</returns>
    public bool Require(int count)
    {
        while (_end - _start < count)
        {
            if (_end == _buffer.Length) MakeRoom();
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) return false;
            _end += read;
        }
        return true;
    }

    /// <summary>Steps over octets that are here.</summary>
    public void Advance(int count)
    {
        _start += count;
        Offset += count;
        if (_start == _end) _start = _end = 0;
    }

    /// <summary>Steps over octets that may be anywhere ahead.</summary>
    /// <returns>False if the stream ends before.</returns>
    public bool Skip(long count)
    {
        while (count > 0)
        {
            if (!Require(1)) return false;
            var step = (int)Math.Min(count, _end - _start);
            Advance(step);
            count -= step;
        }
        return true;
    }

    /// <summary>Reads what is left as a stream.</summary>
    public int Read(Span<byte> destination)
    {
        if (!Require(1)) return 0;
        var count = Math.Min(destination.Length, _end - _start);
        Available[..count].CopyTo(destination);
        Advance(count);
        return count;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Available.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            return;
        }
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
