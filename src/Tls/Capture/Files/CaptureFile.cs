using System.IO.Compression;

namespace TlsInterop.Tls.Capture.Files;

/// <summary>Reads and writes capture files: pcap and pcapng, either packed with gzip.</summary>
public static class CaptureFile
{
    private const int MagicLength = 4;

    /// <summary>Reads a capture in one pass with flat memory.</summary>
    /// <param name="stream">The file from its beginning; need not be seekable. It stays open.</param>
    /// <param name="sink">Takes what the file holds.</param>
    /// <returns>
    /// What was read, and the faults of a file that is cut or broken. Frames before a fault have been handed over.
    /// </returns>
    public static CaptureFileSummary Read(Stream stream, ICaptureFileSink sink) => Read(stream, sink, onHeader: null);

    /// <summary>Reads the frames of a capture; secrets and comments are left aside.</summary>
    public static CaptureFileSummary Read(Stream stream, FrameHandler handler) =>
        Read(stream, new FrameOnlySink(handler));

    /// <summary>Writes one capture as pcapng. The file appears under its name only when it is whole.</summary>
    /// <param name="path">Where; an existing file is replaced.</param>
    /// <param name="frames">The frames, of whatever link types.</param>
    /// <param name="keyLog">The TLS key log that goes with them; may be empty.</param>
    /// <param name="comment">A comment on the whole, such as the cell id.</param>
    public static void Write(
        string path, IEnumerable<CapturedFrame> frames, ReadOnlySpan<byte> keyLog = default, string? comment = null)
    {
        var unfinished = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                PcapngWriter.Write(stream, frames, keyLog, comment);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Writes one capture as pcapng to a stream.</summary>
    public static void Write(Stream stream, IEnumerable<CapturedFrame> frames) =>
        PcapngWriter.Write(stream, frames, keyLog: default, comment: null);

    /// <summary>True if a file that begins so is a capture that is not packed.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> start) =>
        start.Length >= MagicLength && (PcapReader.IsMagic(start) || PcapngReader.IsMagic(start));

    /// <summary>True if a file is a capture, packed with gzip or not.</summary>
    /// <param name="stream">The file; its position is kept.</param>
    public static bool IsCapture(Stream stream)
    {
        var position = stream.Position;
        Span<byte> start = stackalloc byte[MagicLength];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        if (read < start.Length || start[0] != 0x1f || start[1] != 0x8b) return IsCapture(start[..read]);
        using var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            read = unpacked.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return IsCapture(start[..read]);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            stream.Position = position;
        }
    }

    /// <summary>True if a file that begins so is a pcap file that is not packed: it holds frames only.</summary>
    internal static bool IsPcap(ReadOnlySpan<byte> magic) => PcapReader.IsMagic(magic);

    internal static CaptureFileSummary Read(Stream stream, ICaptureFileSink sink, Action? onHeader)
    {
        var source = new ByteSource(stream);
        if (!IsGzip(source)) return Read(source, sink, isCompressed: false, onHeader);
        using var unpacked = new GZipStream(new ByteSourceStream(source), CompressionMode.Decompress);
        return Read(new ByteSource(unpacked), sink, isCompressed: true, onHeader);
    }

    // RFC 1952, Section 2.3.1
    private static bool IsGzip(ByteSource source) =>
        source.Require(2) && source.Available[0] == 0x1f && source.Available[1] == 0x8b;

    private static CaptureFileSummary Read(
        ByteSource source, ICaptureFileSink sink, bool isCompressed, Action? onHeader)
    {
        var reading = new CaptureReading(source, sink);
        var format = CaptureFormat.Unknown;
        try
        {
            format = Read(reading, onHeader);
        }
        catch (InvalidDataException) when (isCompressed)
        {
            reading.Fault(CaptureFaultKind.BadCompression, source.Offset);
        }
        return reading.Summary(format, isCompressed);
    }

    private static CaptureFormat Read(CaptureReading reading, Action? onHeader)
    {
        if (reading.Source.Require(4))
        {
            if (PcapReader.IsMagic(reading.Source.Available))
            {
                PcapReader.Read(reading, onHeader);
                return CaptureFormat.Pcap;
            }
            if (PcapngReader.IsMagic(reading.Source.Available))
            {
                onHeader?.Invoke();
                new PcapngReader(reading).Read();
                return CaptureFormat.Pcapng;
            }
        }
        reading.Fault(CaptureFaultKind.UnknownFormat, 0);
        return CaptureFormat.Unknown;
    }

    private sealed class FrameOnlySink(FrameHandler handler) : ICaptureFileSink
    {
        public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame) => handler(header, frame);
    }
}
