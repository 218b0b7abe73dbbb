using System.Buffers;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>The last delivered octets of a stream, to tell a faithful retransmission from a conflicting one.</summary>
internal sealed class RecentBytes
{
    private readonly byte[] _ring;
    private readonly int _capacity;
    private readonly int _mask;
    private readonly ReassemblyCounters _counters;
    private long _start;
    private long _end;

    private RecentBytes(int capacity, ReassemblyCounters counters)
    {
        (_capacity, _mask, _counters) = (capacity, capacity - 1, counters);
        _ring = ArrayPool<byte>.Shared.Rent(capacity);
        counters.Held += capacity;
    }

    /// <summary>Takes memory for one stream; null if streams hold too much already, or nothing is to be kept.</summary>
    public static RecentBytes? Rent(StreamContext context)
    {
        var size = context.Limits.HistoryPerStream;
        var hasRoom = size > 0 && context.Counters.Held + size <= context.Limits.BufferedInTotal / 2;
        return hasRoom ? new(size, context.Counters) : null;
    }

    /// <summary>Gives the memory back; to be called once, as the last thing.</summary>
    public void Return()
    {
        _counters.Held -= _capacity;
        ArrayPool<byte>.Shared.Return(_ring);
    }

    /// <summary>Remembers bytes delivered at a stream offset. A jump (a gap) forgets what was before.</summary>
    public void Append(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset != _end) _start = offset;
        _end = offset + bytes.Length;
        if (bytes.Length > _capacity)
        {
            offset += bytes.Length - _capacity;
            bytes = bytes[^_capacity..];
        }
        _start = Math.Max(_start, _end - _capacity);
        var at = (int)(offset & _mask);
        var first = Math.Min(bytes.Length, _capacity - at);
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
            var length = (int)Math.Min(to - from, _capacity - at);
            if (!_ring.AsSpan(at, length).SequenceEqual(bytes.Slice((int)(from - offset), length))) return false;
            from += length;
        }
        return true;
    }
}
