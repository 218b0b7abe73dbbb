namespace TlsInterop.Tls.Capture;

/// <summary>
/// What a capture knows of a frame besides its bytes. The captured length is the length of the bytes.
/// </summary>
/// <param name="At">Number and time.</param>
/// <param name="LinkType">What the first bytes of the frame are.</param>
/// <param name="OriginalLength">Octets on the wire; more than were captured if the frame was cut (snap length).</param>
public readonly record struct FrameHeader(FrameStamp At, LinkType LinkType, int OriginalLength);

/// <summary>Takes one frame. The bytes are valid during the call only.</summary>
public delegate void FrameHandler(in FrameHeader header, ReadOnlySpan<byte> frame);
