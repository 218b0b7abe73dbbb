using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>Puts the fragments of IP packets together. The first octets of a place win.</summary>
/// <remarks>
/// RFC 791, Section 3.2; RFC 8200, Section 4.5. What it holds is bounded by count and octets: the oldest packet goes
/// first, and one that is not whole within a minute of the capture's time goes too.
/// </remarks>
internal sealed class FragmentReassembly(ReassemblyLimits limits, ReassemblyCounters counters)
{
    private readonly Dictionary<IpFragmentKey, FragmentedPacket> _packets = [];
    private readonly LinkedList<FragmentedPacket> _byAge = new();
    private byte[] _joined = [];
    private int _held;
    private long _previous = long.MaxValue;

    /// <summary>Takes a fragment.</summary>
    /// <param name="fragment">The fragment.</param>
    /// <param name="at">Its frame.</param>
    /// <param name="packet">The whole packet if this was its last missing piece; valid until the next call.</param>
    /// <returns><see cref="FrameContent.Fragment"/> as long as pieces are missing.</returns>
    public FrameContent Add(scoped in IpPacket fragment, FrameStamp at, out IpPacket packet)
    {
        packet = default;
        counters.Fragments++;
        GiveUpOld(at.UnixNanoseconds);
        var key = fragment.FragmentKey;
        if (!_packets.TryGetValue(key, out var pieces))
        {
            pieces = new(key, at.UnixNanoseconds);
            _packets.Add(key, pieces);
            _byAge.AddLast(pieces.Node);
        }
        var before = pieces.Cost;
        if (pieces.Add(fragment, at)) counters.OverlappingFragments++;
        _held += pieces.Cost - before;
        if (!pieces.IsWhole)
        {
            while (_held > limits.FragmentOctets || _packets.Count > limits.FragmentedPackets)
                GiveUp(_byAge.First!.Value);
            return FrameContent.Fragment;
        }
        Remove(pieces);
        counters.JoinedPackets++;
        if (_joined.Length < pieces.Length) _joined = new byte[Math.Max(pieces.Length, 1 << 12)];
        var captured = pieces.MoveTo(_joined);
        return IpPacket.Join(fragment, pieces.Protocol, _joined.AsSpan(0, captured), pieces.Length, out packet);
    }

    /// <summary>The capture is at its end: what is not whole now never will be.</summary>
    public void Flush()
    {
        while (_byAge.First is { } oldest) GiveUp(oldest.Value);
    }

    private void GiveUpOld(long time)
    {
        // One frame with a time far ahead must not age all packets: two in a row count.
        var now = Math.Min(time, _previous);
        _previous = time;
        while (_byAge.First is { } oldest && now - oldest.Value.Since > limits.FragmentPatience.TotalNanoseconds)
            GiveUp(oldest.Value);
    }

    private void GiveUp(FragmentedPacket packet)
    {
        counters.IncompletePackets++;
        Remove(packet);
        packet.Release();
    }

    private void Remove(FragmentedPacket packet)
    {
        _held -= packet.Cost;
        _packets.Remove(packet.Key);
        _byAge.Remove(packet.Node);
    }
}
