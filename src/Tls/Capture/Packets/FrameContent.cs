namespace TlsInterop.Tls.Capture.Packets;

/// <summary>What a frame turned out to hold.</summary>
public enum FrameContent
{
    /// <summary>Lengths contradict each other, or a header is cut off.</summary>
    Malformed,
    /// <summary>Neither IPv4 nor IPv6, or an unknown link type.</summary>
    NotInternet,
    /// <summary>Another transport than TCP.</summary>
    NotTcp,
    /// <summary>A piece of an IP packet: its TCP segment is complete only together with the others.</summary>
    Fragment,
    Tcp,
}
