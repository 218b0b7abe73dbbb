using System.Buffers;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>A part of a stream that came before its turn.</summary>
/// <param name="Offset">Where it begins in the stream.</param>
/// <param name="Buffer">Rented; the first <paramref name="Length"/> octets count.</param>
/// <param name="Length">Octets that were captured.</param>
/// <param name="Missing">Octets after them that the capture has cut off.</param>
/// <param name="At">The frame that brought it.</param>
internal sealed record EarlySegment(long Offset, byte[] Buffer, int Length, int Missing, FrameStamp At)
{
    /// <summary>Cost of keeping a segment besides its octets: hostile segments of one octet must not be free.</summary>
    private const int Overhead = 128;

    public long End => Offset + Length + Missing;

    public int Cost => Length + Overhead;

    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);
}

/// <summary>
/// Segments that wait for bytes before them: sorted, without overlaps, the first bytes of a place win.
/// </summary>
internal sealed class EarlySegments
{
    private readonly List<EarlySegment> _segments = [];

    public bool IsEmpty => _segments.Count == 0;

    /// <summary>The waiting segment nearest to its turn.</summary>
    public EarlySegment First => _segments[0];

    /// <summary>Cost of all that wait, in octets.</summary>
    public int Cost { get; private set; }

    /// <summary>Octets of all that wait, captured or not.</summary>
    public long Octets { get; private set; }

    /// <summary>Where the last one ends.</summary>
    public long LastEnd => IsEmpty ? 0 : _segments[^1].End;

    /// <summary>Keeps what is new of a segment.</summary>
    /// <returns>False if some of it contradicts what is kept already.</returns>
    public bool Insert(long offset, ReadOnlySpan<byte> bytes, int missing, FrameStamp at)
    {
        var agrees = true;
        var index = FirstEndingAfter(offset);
        while (index < _segments.Count && bytes.Length > 0 && _segments[index].Offset < offset + bytes.Length)
        {
            var held = _segments[index];
            if (held.Offset > offset)
            {
                var before = (int)(held.Offset - offset);
                Add(index++, offset, bytes[..before], 0, at);
                offset = held.Offset;
                bytes = bytes[before..];
            }
            var skip = (int)(offset - held.Offset);
            var common = Math.Clamp(held.Length - skip, 0, bytes.Length);
            agrees &= common == 0 || bytes[..common].SequenceEqual(held.Bytes.Slice(skip, common));
            var covered = (int)Math.Min(held.End - offset, bytes.Length);
            offset += covered;
            bytes = bytes[covered..];
            index++;
        }
        // The cut tail of a frame is only known to be missing where nothing else is held.
        if (missing > 0 && index < _segments.Count)
        {
            missing = (int)Math.Clamp(_segments[index].Offset - offset - bytes.Length, 0, missing);
        }
        var isNew = bytes.Length > 0 || (missing > 0 && FirstEndingAfter(offset) == index);
        if (isNew) Add(index, offset, bytes, missing, at);
        return agrees;
    }

    /// <summary>Takes <see cref="First"/> out; its buffer goes back with <see cref="Return"/>.</summary>
    public EarlySegment TakeFirst()
    {
        var first = _segments[0];
        _segments.RemoveAt(0);
        Cost -= first.Cost;
        Octets -= first.End - first.Offset;
        return first;
    }

    public static void Return(EarlySegment segment) => ArrayPool<byte>.Shared.Return(segment.Buffer);

    private void Add(int index, long offset, ReadOnlySpan<byte> bytes, int missing, FrameStamp at)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        var segment = new EarlySegment(offset, buffer, bytes.Length, missing, at);
        _segments.Insert(index, segment);
        Cost += segment.Cost;
        Octets += segment.End - segment.Offset;
    }

    private int FirstEndingAfter(long offset)
    {
        var (low, high) = (0, _segments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_segments[middle].End > offset) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
