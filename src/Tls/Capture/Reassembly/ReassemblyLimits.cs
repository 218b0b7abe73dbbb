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

    /// <summary>Connections remembered; beyond, the one that was silent longest is given up.</summary>
    public int Connections { get; init; } = 50_000;

    /// <summary>
    /// How long, after the receiver has acknowledged bytes that were not captured, the capture may still bring them.
    /// Frames of two directions are not always captured in the order in which they passed.
    /// </summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The same in segments of the connection.</summary>
    public int GapPatienceSegments { get; init; } = 32;
}
