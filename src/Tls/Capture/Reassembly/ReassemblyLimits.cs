namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>How much a reassembly remembers, and how long it waits for what is missing.</summary>
public sealed record ReassemblyLimits
{
    public static ReassemblyLimits Default { get; } = new();

    /// <summary>Octets that one direction may hold back while something before them is missing.</summary>
    public int BufferedPerStream { get; init; } = 4 << 20;

    /// <summary>Octets that all connections together may hold.</summary>
    public long BufferedInTotal { get; init; } = 64L << 20;

    /// <summary>
    /// Delivered octets of one direction that are kept to compare repeated segments with. A power of two.
    /// </summary>
    public int HistoryPerStream { get; init; } = 8 << 10;

    /// <summary>
    /// Connections remembered that have not ended in both directions; beyond, one is given up: of those that ended in
    /// one, then of those that never carried data, then of all, the one that was silent longest.
    /// </summary>
    public int Connections { get; init; } = 16_384;

    /// <summary>
    /// Ended connections remembered, besides the others; beyond, the one that ended first is forgotten.
    /// </summary>
    public int EndedConnections { get; init; } = 4_096;

    /// <summary>
    /// Time of the capture after which an ended connection is forgotten: TIME-WAIT (RFC 9293, Section 3.6.1) as long as
    /// common stacks make it.
    /// </summary>
    public TimeSpan EndedPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The same for a silent connection without data (RFC 5382, Section 5: transitory).</summary>
    public TimeSpan OpeningPatience { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>The same for a silent connection with data (RFC 5382, Section 5: established).</summary>
    public TimeSpan IdlePatience { get; init; } = TimeSpan.FromMinutes(124);

    /// <summary>
    /// How long, after the receiver has acknowledged bytes that were not captured, the capture may still bring them.
    /// Frames of two directions are not always captured in the order in which they passed.
    /// </summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The same in segments of the connection.</summary>
    public int GapPatienceSegments { get; init; } = 32;

    /// <summary>Octets that fragments of IP packets may hold while others are missing.</summary>
    public int FragmentOctets { get; init; } = 4 << 20;

    /// <summary>IP packets that wait for fragments; beyond, the oldest is given up.</summary>
    public int FragmentedPackets { get; init; } = 4096;

    /// <summary>How long a packet waits for its fragments (RFC 8200, Section 4.5).</summary>
    public TimeSpan FragmentPatience { get; init; } = TimeSpan.FromSeconds(60);
}
