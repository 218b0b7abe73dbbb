using System.Buffers.Binary;

namespace TlsInterop.Tls.Capture.Files;

/// <summary>Reads the classic format.</summary>
/// <remarks>draft-ietf-opsawg-pcap, Sections 4 and 5.</remarks>
internal static class PcapReader
{
    private const int FileHeaderLength = 24;

    /// <summary>What the magic number says, in network byte order.</summary>
    private readonly record struct Variant(uint Magic, int NanosecondsPerFraction, int RecordHeaderLength);

    private static readonly Variant[] Variants =
    [
        new(0xa1b2c3d4, 1000, 16),
        new(0xa1b23c4d, 1, 16),
        new(0xa1b2cd34, 1000, 24), // "modified" libpcap of old Linux distributions: eight more octets a record
    ];

    public static bool IsMagic(ReadOnlySpan<byte> first) => Find(first, out _, out _);

    /// <summary>Reads a file up to its end.</summary>
    /// <param name="reading">The file.</param>
    /// <param name="onHeader">Called as soon as the file header is there.</param>
    public static void Read(CaptureReading reading, Action? onHeader = null)
    {
        var source = reading.Source;
        if (!source.Require(FileHeaderLength))
        {
            reading.Fault(CaptureFaultKind.Truncated, 0);
            return;
        }
        Find(source.Available, out var variant, out var isLittleEndian);
        // The upper half of the field tells of a frame check sequence.
        var linkType = new LinkType((ushort)U32(source.Available[20..], isLittleEndian));
        reading.Interfaces = 1;
        source.Advance(FileHeaderLength);
        onHeader?.Invoke();

        while (source.Require(1))
        {
            var offset = source.Offset;
            if (!source.Require(variant.RecordHeaderLength))
            {
                reading.Fault(CaptureFaultKind.Truncated, offset);
                return;
            }
            var header = source.Available;
            var seconds = U32(header, isLittleEndian);
            var fraction = U32(header[4..], isLittleEndian);
            var captured = U32(header[8..], isLittleEndian);
            var original = U32(header[12..], isLittleEndian);
            if (captured > CaptureReading.MaximumBlock)
            {
                reading.Fault(CaptureFaultKind.BadLength, offset);
                return;
            }
            source.Advance(variant.RecordHeaderLength);
            if (!source.Require((int)captured))
            {
                reading.Fault(CaptureFaultKind.Truncated, offset);
                return;
            }
            var time = (seconds * 1_000_000_000L) + (fraction * (long)variant.NanosecondsPerFraction);
            reading.Frame(linkType, time, original, source.Available[..(int)captured]);
            source.Advance((int)captured);
        }
    }

    private static bool Find(ReadOnlySpan<byte> first, out Variant variant, out bool isLittleEndian)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(first);
        foreach (var candidate in Variants)
        {
            variant = candidate;
            isLittleEndian = magic != candidate.Magic;
            if (!isLittleEndian || magic == BinaryPrimitives.ReverseEndianness(candidate.Magic)) return true;
        }
        (variant, isLittleEndian) = (default, false);
        return false;
    }

    private static uint U32(ReadOnlySpan<byte> bytes, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
