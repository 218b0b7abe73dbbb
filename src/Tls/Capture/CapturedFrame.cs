namespace TlsInterop.Tls.Capture;

/// <summary>A frame that is kept.</summary>
public readonly record struct CapturedFrame(FrameHeader Header, ReadOnlyMemory<byte> Bytes);
