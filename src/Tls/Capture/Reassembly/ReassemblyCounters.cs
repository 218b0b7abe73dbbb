namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>What a reassembly has seen. Mutable, one per reassembly.</summary>
public sealed class ReassemblyCounters
{
    public long Frames { get; internal set; }
    public long Segments { get; internal set; }
    /// <summary>IP packets that hold something else than TCP.</summary>
    public long NotTcp { get; internal set; }
    /// <summary>Frames without an IP packet, or of a link type that is not read.</summary>
    public long NotInternet { get; internal set; }
    /// <summary>What those frames and packets are, as far as it can be told.</summary>
    public UnreadFrames Unread { get; } = new();
    /// <summary>IP fragments.</summary>
    public long Fragments { get; internal set; }
    /// <summary>Packets that were put together from fragments.</summary>
    public long JoinedPackets { get; internal set; }
    /// <summary>Packets of which fragments are missing: what they carried is lost.</summary>
    public long IncompletePackets { get; internal set; }
    /// <summary>Fragments that repeat or contradict others, or go beyond the end. The first octets were kept.</summary>
    public long OverlappingFragments { get; internal set; }
    public long Malformed { get; internal set; }
    public int Connections { get; internal set; }
    /// <summary>Octets delivered to sinks.</summary>
    public long Delivered { get; internal set; }
    /// <summary>Octets reported as gaps.</summary>
    public long Missing { get; internal set; }
    /// <summary>Segments that brought nothing new: retransmissions and keep-alives (RFC 9293, Section 3.8.4).</summary>
    public long Repeated { get; internal set; }
    public long OutOfOrder { get; internal set; }
    /// <summary>Segments that were captured before octets of the other end that they acknowledge.</summary>
    public long Crossed { get; internal set; }
    /// <summary>Segments cut by the snap length of the capture.</summary>
    public long Cut { get; internal set; }
    public long ConflictingOverlaps { get; internal set; }
    /// <summary>Anomalies of every kind.</summary>
    public long Anomalies { get; internal set; }
    /// <summary>Octets held at the moment: early segments and history.</summary>
    public long Held { get; internal set; }
}
