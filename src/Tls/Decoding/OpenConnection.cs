using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Decoding;

/// <summary>A connection that the reassembly still feeds.</summary>
internal sealed class OpenConnection(TcpConnectionInfo info, ConnectionTable table) : IConnectionSink
{
    private int _held;
    private bool _isOver;

    public TcpConnectionInfo Info => info;

    public ConnectionDecoder Decoder { get; } = new(table.Limits);

    public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        if (_isOver) return;
        Decoder.Data(direction, bytes, at);
        Recount();
    }

    public void Gap(Direction direction, long length, FrameStamp at)
    {
        if (_isOver) return;
        Decoder.Gap(direction, length, at);
        Recount();
    }

    public void End(Direction direction, ConnectionEnd end, FrameStamp at)
    {
        if (_isOver) return;
        Decoder.End(direction, end, at);
        if (Decoder.HasEnded) Close();
    }

    public void Anomaly(Direction direction, SegmentAnomaly anomaly, FrameStamp at)
    {
        if (!_isOver) Decoder.Anomaly(direction, anomaly, at);
    }

    public void Close()
    {
        if (_isOver) return;
        _isOver = true;
        table.Over(this);
    }

    /// <summary>Nothing of it is held any more.</summary>
    public int Release()
    {
        var held = _held;
        _held = 0;
        return held;
    }

    private void Recount()
    {
        if (Decoder.Held == _held) return;
        var before = _held;
        _held = Decoder.Held;
        table.Grown(this, _held - before);
    }
}
