namespace TlsInterop.Tls.Capture.Files;

/// <summary>Format of a capture file.</summary>
public enum CaptureFormat { Unknown, Pcap, Pcapng }

/// <summary>What a capture file held when it was read to its end.</summary>
/// <param name="Format">Its format.</param>
/// <param name="IsCompressed">True if it was packed with gzip.</param>
/// <param name="Frames">Frames handed over.</param>
/// <param name="Bytes">Uncompressed octets read.</param>
/// <param name="Interfaces">Interfaces described, of all sections.</param>
/// <param name="Faults">What is wrong with it, in the order of the file; at most <see cref="MaximumFaults"/>.</param>
public sealed record CaptureFileSummary(
    CaptureFormat Format,
    bool IsCompressed,
    long Frames,
    long Bytes,
    int Interfaces,
    IReadOnlyList<CaptureFault> Faults)
{
    /// <summary>A broken file may have more faults than are worth keeping.</summary>
    public const int MaximumFaults = 100;
}
