using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>A connection of a capture file, ready to be decoded.</summary>
internal sealed record CapturedConnection(TcpConnectionInfo Info, ConnectionDecoder Decoder);

/// <summary>The connections of a capture file and the secrets that came with them.</summary>
internal sealed class DecodedCapture : ICaptureFileSink
{
    private readonly List<CapturedConnection> _connections = [];
    private readonly TcpReassembler _reassembler;

    public DecodedCapture() => _reassembler = new TcpReassembler(Begin);

    public KeyLog KeyLog { get; } = new();

    public IReadOnlyList<CapturedConnection> Connections => _connections;

    public ReassemblyCounters Counters => _reassembler.Counters;

    /// <summary>
    /// Reads a capture to its end. Secrets may stand behind the frames that they open, so nothing is decoded yet.
    /// </summary>
    public CaptureFileSummary Read(Stream stream)
    {
        var summary = CaptureFile.Read(stream, this);
        _reassembler.Flush();
        return summary;
    }

    public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame) => _reassembler.Frame(header, frame);

    public void Secrets(uint type, ReadOnlySpan<byte> secrets)
    {
        if (type == PcapngFormat.TlsKeyLog) KeyLog.AddLines(Encoding.Latin1.GetString(secrets));
    }

    private ConnectionDecoder Begin(TcpConnectionInfo info)
    {
        var decoder = new ConnectionDecoder();
        _connections.Add(new CapturedConnection(info, decoder));
        return decoder;
    }
}
