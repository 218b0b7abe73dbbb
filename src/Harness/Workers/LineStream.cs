using System.Text;

namespace TlsInterop.Harness.Workers;

/// <summary>
/// Reads lines and octets of one stream from one buffer; bounded, so a peer that never ends a line costs nothing.
/// </summary>
internal sealed class LineStream(Stream stream)
{
    /// <summary>Longest line in octets. Mail protocols stay far below (RFC 5321, Section 4.5.3.1.6: 1000).</summary>
    private const int MaximumLine = 16384;

    private readonly byte[] _buffer = new byte[MaximumLine];
    private readonly byte[] _ahead = new byte[1];
    private int _start;
    private int _end;
    private Task<int>? _readingAhead;

    /// <summary>Octets that were received and not yet read.</summary>
    public int Buffered => _end - _start;

    /// <summary>Writes all of it and flushes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>The next line without its CR LF or LF; null at the end of the stream.</summary>
    /// <exception cref="ConversationException">A line is longer than any protocol here writes, or cut off by the
    /// end.</exception>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, Buffered).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }
            if (_start > 0)
            {
                _buffer.AsSpan(_start, Buffered).CopyTo(_buffer);
                (_start, _end) = (0, Buffered);
            }
            if (_end == _buffer.Length) throw new ConversationException($"a line is longer than {MaximumLine} octets");
            var read = await ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return Buffered == 0
                    ? null
                    : throw new ConversationException($"the peer closed within a line, after {Buffered} octets of it");
            }
            _end += read;
        }
    }

    /// <summary>Some octets, at most as many as <paramref name="target"/> holds; 0 at the end of the stream.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (Buffered == 0) return await ReceiveAsync(target, cancellationToken);
        var length = Math.Min(Buffered, target.Length);
        _buffer.AsSpan(_start, length).CopyTo(target.Span);
        _start += length;
        return length;
    }

    /// <summary>Waits; false as soon as the peer says something or closes. What it says is there for the next to read.
    /// </summary>
    public async Task<bool> IsSilentAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (Buffered > 0) return false;
        // A read that is given up may break the stream: it goes on, and the next to read waits for it.
        _readingAhead ??= stream.ReadAsync(_ahead, cancellationToken).AsTask();
        var first = await Task.WhenAny(_readingAhead, Task.Delay(time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return first != _readingAhead;
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (_readingAhead is not { } ahead) return await stream.ReadAsync(target, cancellationToken);
        _readingAhead = null;
        var read = await ahead;
        _ahead.AsSpan(0, read).CopyTo(target.Span);
        return read;
    }
}
