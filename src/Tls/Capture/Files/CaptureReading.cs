namespace TlsInterop.Tls.Capture.Files;

/// <summary>
/// What the readers of both formats share: where the bytes come from, where the frames go, and what was wrong.
/// </summary>
internal sealed class CaptureReading(ByteSource source, ICaptureFileSink sink)
{
    /// <summary>No frame and no block with a frame is longer; a length beyond is a broken file.</summary>
    public const int MaximumBlock = 16 << 20;

    private readonly List<CaptureFault> _faults = [];
    private long _frames;

    public ByteSource Source => source;

    public ICaptureFileSink Sink => sink;

    public int Interfaces { get; set; }

    public void Frame(LinkType linkType, long unixNanoseconds, uint originalLength, ReadOnlySpan<byte> bytes)
    {
        var original = Math.Max((int)Math.Min(originalLength, int.MaxValue), bytes.Length);
        sink.Frame(new(new(++_frames, unixNanoseconds), linkType, original), bytes);
    }

    public void Fault(CaptureFaultKind kind, long offset)
    {
        if (_faults.Count < CaptureFileSummary.MaximumFaults) _faults.Add(new(kind, offset));
    }

    public CaptureFileSummary Summary(CaptureFormat format, bool isCompressed) =>
        new(format, isCompressed, _frames, source.Offset, Interfaces, _faults);
}
