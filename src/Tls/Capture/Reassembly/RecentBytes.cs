using System.Buffers;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>The last delivered octets of a stream, to tell a faithful retransmission from a conflicting one.</summary>
/// <param name="capacity">How many; a power of two.</param>
internal sealed class RecentBytes(int capacity)
{
    private readonly byte[] _ring = ArrayPool<byte>.Shared.Rent(capacity);
    private readonly int _mask = capacity - 1;
    private long _start;
    private long _end;

    public int Capacity => capacity;

    /// <summary>Gives the memory back; to be called once, as the last thing.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_ring);

    /// <summary>Remembers bytes delivered at a stream offset. A jump (a gap) forgets what was before.</summary>
    public void Append(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset != _end) _start = offset;
        _end = offset + bytes.Length;
        if (bytes.Length > capacity)
        {
            offset += bytes.Length - capacity;
            bytes = bytes[^capacity..];
        }
        _start = Math.Max(_start, _end - capacity);
        var at = (int)(offset & _mask);
        var first = Math.Min(bytes.Length, capacity - at);
        bytes[..first].CopyTo(_ring.AsSpan(at));
        bytes[first..].CopyTo(_ring);
    }

    /// <summary>False if a byte at its place differs; what is not remembered any more is believed.</summary>
    public bool Agrees(long offset, ReadOnlySpan<byte> bytes)
    {
        var from = Math.Max(offset, _start);
        var to = Math.Min(offset + bytes.Length, _end);
        while (from < to)
        {
            var at = (int)(from & _mask);
            var length = (int)Math.Min(to - from, capacity - at);
            if (!_ring.AsSpan(at, length).SequenceEqual(bytes.Slice((int)(from - offset), length))) return false;
            from += length;
        }
        return true;
    }
}
