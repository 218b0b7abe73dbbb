using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Capture;

/// <summary>How one direction of a TCP connection ended.</summary>
public enum ConnectionEnd : byte { Fin, Reset }

/// <summary>Receives one TCP connection in order: what the reassembly pushes, the decoder takes.</summary>
public interface IConnectionSink
{
    /// <summary>
    /// The next bytes of one direction, in stream order, each byte once. The span is valid during the call only.
    /// </summary>
    void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at);

    /// <summary>
    /// Bytes of one direction that the capture does not hold; decoding goes on behind them where it can.
    /// </summary>
    /// <param name="direction">Sender of the missing bytes.</param>
    /// <param name="length">Number of missing octets.</param>
    /// <param name="at">The frame that showed the gap.</param>
    void Gap(Direction direction, long length, FrameStamp at);

    /// <summary>A FIN or RST of one direction. FIN comes after the data before it; RST comes as it is seen.</summary>
    void End(Direction direction, ConnectionEnd end, FrameStamp at);

    /// <summary>A segment did what a well-behaved connection doesn't. The stream goes on.</summary>
    /// <param name="direction">Sender of the segment.</param>
    /// <param name="anomaly">What it did.</param>
    /// <param name="at">Its frame.</param>
    void Anomaly(Direction direction, SegmentAnomaly anomaly, FrameStamp at) { }

    /// <summary>Nothing comes any more: the reassembly has forgotten the connection.</summary>
    void Close() { }
}
