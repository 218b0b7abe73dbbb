namespace TlsInterop.Tls.Capture.Live;

/// <summary>What a capture has seen and lost since it was opened. Null: the source cannot tell.</summary>
/// <param name="Delivered">Frames handed to the frame handler.</param>
/// <param name="Received">Frames that passed the filter, lost ones included, as the kernel counts them.</param>
/// <param name="DroppedByKernel">Frames lost because the buffer was full.</param>
/// <param name="DroppedByInterface">
/// Frames lost by the interface or its driver; other readers of the interface count here too.
/// </param>
public readonly record struct CaptureCounters(
    long Delivered,
    long? Received,
    long? DroppedByKernel,
    long? DroppedByInterface)
{
    /// <summary>All losses together, or null if the source cannot tell.</summary>
    public long? Dropped => DroppedByKernel is null && DroppedByInterface is null
        ? null
        : (DroppedByKernel ?? 0) + (DroppedByInterface ?? 0);
}
