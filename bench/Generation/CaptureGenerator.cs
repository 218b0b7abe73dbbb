using System.Buffers.Binary;

namespace TlsInterop.Bench.Generation;

/// <summary>
/// Writes a capture of any size by replaying small ones, many at a time, each with addresses, ports and sequence
/// numbers of its own. The same seed gives the same octets.
/// </summary>
internal sealed class CaptureGenerator(CaptureTemplates templates, int seed)
{
    private const int OpenAtOnce = 100;
    private const int RecordHeaderLength = 16;
    private const uint FirstSecond = 1_790_000_000;

    private readonly Random _random = new(seed);
    private readonly List<Replay> _open = [];
    private readonly byte[] _record = new byte[(64 << 10) + RecordHeaderLength];
    private long _connections;
    private long _microseconds;

    /// <summary>Writes until there are enough octets and every connection that was begun is whole.</summary>
    /// <returns>How many captures were replayed.</returns>
    public long Write(Stream stream, long size)
    {
        var written = (long)WriteFileHeader(stream);
        while (written < size || _open.Count > 0)
        {
            if (_open.Count < OpenAtOnce && written < size) _open.Add(Begin());
            var index = _random.Next(_open.Count);
            written += WriteFrame(stream, _open[index]);
            if (!_open[index].IsAtEnd) continue;
            _open[index] = _open[^1];
            _open.RemoveAt(_open.Count - 1);
        }
        return _connections;
    }

    private Replay Begin() => new(
        templates.Captures[_random.Next(templates.Captures.Count)], ReplayedEnds.Of(_connections++, _random));

    // draft-ietf-opsawg-pcap, Section 4
    private static int WriteFileHeader(Stream stream)
    {
        byte[] header = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, .. new byte[8], 0, 0, 4, 0, 1, 0, 0, 0];
        stream.Write(header);
        return header.Length;
    }

    // draft-ietf-opsawg-pcap, Section 5
    private int WriteFrame(Stream stream, Replay replay)
    {
        var frame = replay.Next();
        _microseconds += _random.Next(20);
        BinaryPrimitives.WriteUInt32LittleEndian(_record, FirstSecond + (uint)(_microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(_record.AsSpan(4), (uint)(_microseconds % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(_record.AsSpan(8), frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_record.AsSpan(12), frame.OriginalLength);
        frame.Write(_record.AsSpan(RecordHeaderLength), replay.Ends);
        var length = RecordHeaderLength + frame.Length;
        stream.Write(_record, 0, length);
        return length;
    }

    private sealed class Replay(FrameTemplate[] frames, ReplayedEnds ends)
    {
        private int _next;

        public ReplayedEnds Ends => ends;

        public bool IsAtEnd => _next == frames.Length;

        public FrameTemplate Next() => frames[_next++];
    }
}
