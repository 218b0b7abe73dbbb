namespace TlsInterop.Tls.Capture.Leases;

/// <summary>What a lease has gathered when it is closed.</summary>
/// <param name="Frames">The frames of all its connections in the order of capture, numbered from 1.</param>
/// <param name="Connections">Connections whose SYN was seen.</param>
/// <param name="IsComplete">Every connection has ended, and there were as many as expected.</param>
/// <param name="IsCut">Frames were thrown away because the lease's bound was reached.</param>
/// <param name="DroppedDuring">
/// Frames that the kernel lost between opening and closing, of whatever connection; null if the capture cannot tell.
/// </param>
public sealed record LeaseFrames(
    IReadOnlyList<CapturedFrame> Frames,
    int Connections,
    bool IsComplete,
    bool IsCut,
    long? DroppedDuring);
