using BenchmarkDotNet.Attributes;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Bench.Benchmarks;

/// <summary>Four million octets of handshakes, through more and more of the stages.</summary>
[MemoryDiagnoser]
public class CaptureBenchmarks
{
    private readonly byte[] _capture = SampleCapture.Bytes;
    private readonly KeyLog _keys = KeyLog.Parse(SampleCapture.Keys);

    [Benchmark(Baseline = true)]
    public long Frames()
    {
        var octets = 0L;
        CaptureFile.Read(
            new MemoryStream(_capture), (in FrameHeader _, ReadOnlySpan<byte> frame) => octets += frame.Length);
        return octets;
    }

    [Benchmark]
    public long Reassembly()
    {
        var sink = new Counter();
        var reassembler = new TcpReassembler(_ => sink);
        CaptureFile.Read(new MemoryStream(_capture), reassembler.Frame);
        reassembler.Flush();
        return sink.Octets;
    }

    [Benchmark]
    public long Decoding() => Decode(new());

    [Benchmark]
    public long Decryption() => Decode(_keys);

    private long Decode(KeyLog keys)
    {
        var complete = 0L;
        new CaptureDecoder(new() { KeyLog = keys }).Read(
            new MemoryStream(_capture),
            connection => connection.Decoded.Facts.IsComplete,
            isComplete => complete += isComplete ? 1 : 0);
        return complete;
    }

    private sealed class Counter : IConnectionSink
    {
        public long Octets { get; private set; }

        public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at) => Octets += bytes.Length;

        public void Gap(Direction direction, long length, FrameStamp at) { }

        public void End(Direction direction, ConnectionEnd end, FrameStamp at) { }
    }
}
