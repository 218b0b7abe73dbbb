namespace TlsInterop.Tls.Capture.Live;

/// <summary>What to capture, and how.</summary>
public sealed record LiveCaptureOptions
{
    /// <summary>Name of the interface: a bridge (<c>br-...</c>), <c>lo</c>.</summary>
    public required string Interface { get; init; }

    /// <summary>A filter in the language of pcap-filter(7), or null for every frame. The kernel applies it.</summary>
    public string? Filter { get; init; }

    /// <summary>
    /// Sees frames between other ends too. A bridge shows its container-to-container traffic only so.
    /// </summary>
    public bool Promiscuous { get; init; } = true;

    /// <summary>Delivers each frame as it passes, instead of gathering some for a millisecond first.</summary>
    /// <remarks>
    /// On Linux the gathering uses <see cref="BufferBytes"/> a hundred times better for small frames: see there.
    /// </remarks>
    public bool Immediate { get; init; } = true;

    /// <summary>Kernel buffer in octets.</summary>
    /// <remarks>
    /// In immediate mode on Linux it is a ring of equal slots, each for the largest possible frame: 512 frames fit into
    /// 64 MiB on an interface with segmentation offload, of whatever size; about 50,000 frames of 100 octets otherwise.
    /// </remarks>
    public int BufferBytes { get; init; } = 64 << 20;

    /// <summary>Octets kept of a frame. The default, libpcap's own largest, cuts nothing.</summary>
    public int SnapLength { get; init; } = 262_144;

    /// <summary>How long stopping may take.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(5);
}
