using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Decoding;

/// <summary>
/// A connection that the reassembly still feeds. The reassembly remembers it for a while after its end, so it lets go
/// of what it held.
/// </summary>
internal sealed class OpenConnection(TcpConnectionInfo info, ConnectionTable table) : IConnectionSink
{
    private ConnectionDecoder? _decoder = new(table.Limits) { OpeningSeen = info.OpeningSeen };
    private int _held;

    public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        _decoder?.Data(direction, bytes, at);
        Recount();
    }

    public void Gap(Direction direction, long length, FrameStamp at)
    {
        _decoder?.Gap(direction, length, at);
        Recount();
    }

    public void End(Direction direction, ConnectionEnd end, FrameStamp at)
    {
        _decoder?.End(direction, end, at);
        if (_decoder is { HasEnded: true }) Close();
    }

    public void Anomaly(Direction direction, SegmentAnomaly anomaly, FrameStamp at) =>
        _decoder?.Anomaly(direction, anomaly, at);

    public void Close()
    {
        if (_decoder is not { } decoder) return;
        _decoder = null;
        table.Over(new(info, decoder), _held);
    }

    private void Recount()
    {
        if (_decoder is not { } decoder || decoder.Held == _held) return;
        var before = _held;
        _held = decoder.Held;
        table.Grown(decoder, _held - before);
    }
}
