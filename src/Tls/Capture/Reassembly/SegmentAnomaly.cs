namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>What a segment did that a well-behaved connection doesn't. None of it stops the reassembly.</summary>
public enum SegmentAnomaly
{
    /// <summary>
    /// Bytes differ from those already seen at the same place of the stream. The first ones are kept.
    /// </summary>
    ConflictingOverlap,
    /// <summary>
    /// A sequence number further ahead than any window reaches (RFC 7323, Section 2.3). The segment is ignored.
    /// </summary>
    OutOfWindow,
    /// <summary>Data behind a FIN. It is ignored.</summary>
    DataAfterFin,
    /// <summary>
    /// The buffer for segments that came too early was full: what is missing before them was given up.
    /// </summary>
    BufferFull,
    /// <summary>
    /// Captured before octets of the other end that it acknowledges (RFC 9293, Section 3.10.7.4): the capture swaps the
    /// directions. It is delivered behind them. Told once in a connection.
    /// </summary>
    CapturedTooEarly,
}

/// <summary>Takes the anomalies of a reassembly.</summary>
public delegate void AnomalyHandler(
    TcpConnectionInfo connection, Direction direction, SegmentAnomaly anomaly, FrameStamp at);
