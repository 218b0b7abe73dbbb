namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>Where a stream lies among the sequence numbers.</summary>
/// <param name="Beginning">Sequence number of its first octet; null if that was not seen.</param>
/// <param name="End">That of the octet behind its last one.</param>
internal readonly record struct StreamPlace(uint? Beginning, uint End)
{
    // The largest window without scaling, RFC 9293, Section 3.1: what is sent behind an end goes no further.
    private const uint Behind = 0xffff;

    /// <summary>True if an octet is one of the stream, or one that a careless sender may send behind its end.</summary>
    public bool IsNear(uint sequence) =>
        Beginning is not { } first || unchecked(sequence - first) <= unchecked(End - first) + (ulong)Behind;
}
