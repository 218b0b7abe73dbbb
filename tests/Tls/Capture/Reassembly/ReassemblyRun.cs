using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Tests.Capture.Reassembly;

/// <summary>A reassembly with everything it says.</summary>
internal sealed class ReassemblyRun
{
    private long _number;

    public ReassemblyRun(ReassemblyLimits? limits = null) => Reassembler = new(
        info =>
        {
            Connections.Add(new(info));
            return Connections[^1];
        },
        limits,
        (_, direction, anomaly, at) => Anomalies.Add($"{direction} {anomaly} {at.Number}"));

    public TcpReassembler Reassembler { get; }

    public List<RecordingSink> Connections { get; } = [];

    public List<string> Anomalies { get; } = [];

    public RecordingSink Only => Connections.Single();

    /// <summary>Time from one frame to the next in nanoseconds.</summary>
    public long Step { get; set; } = 1000;

    /// <summary>Passes frames without an end of capture.</summary>
    public ReassemblyRun Pass(params IEnumerable<byte[]> frames)
    {
        foreach (var frame in frames) Cut(frame, frame.Length);
        return this;
    }

    /// <summary>Passes a frame with a time of its own, in nanoseconds.</summary>
    public ReassemblyRun At(long time, byte[] frame)
    {
        Reassembler.Frame(new(new(++_number, time), LinkType.Ethernet, frame.Length), frame);
        return this;
    }

    /// <summary>Passes a frame of which only the first octets were captured.</summary>
    public ReassemblyRun Cut(byte[] frame, int captured)
    {
        _number++;
        Reassembler.Frame(new(new(_number, _number * Step), LinkType.Ethernet, frame.Length),
            frame.AsSpan(0, captured));
        return this;
    }

    public ReassemblyRun Flush()
    {
        Reassembler.Flush();
        return this;
    }
}
