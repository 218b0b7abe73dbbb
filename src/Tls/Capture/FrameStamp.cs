namespace TlsInterop.Tls.Capture;

/// <summary>Where and when a frame was seen.</summary>
/// <param name="Number">Number of the frame in its capture, from 1 as Wireshark counts.</param>
/// <param name="UnixNanoseconds">Time of capture in nanoseconds since 1970-01-01 UTC.</param>
public readonly record struct FrameStamp(long Number, long UnixNanoseconds);
