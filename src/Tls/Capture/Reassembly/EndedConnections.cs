using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>
/// Connections of which both directions have ended: what comes late of them begins no new one. Of each only its key and
/// the beginnings of its streams are left, values without an object: thousands are remembered at any time.
/// </summary>
/// <remarks>RFC 9293, Section 3.6.1: TIME-WAIT.</remarks>
internal sealed class EndedConnections(ReassemblyLimits limits)
{
    private readonly Dictionary<TcpEndPointPair, Ended> _known = [];
    private readonly Queue<(TcpEndPointPair Key, long UnixNanoseconds)> _order = new();

    /// <summary>Where the streams of both ends began; null where that was not seen.</summary>
    private readonly record struct Ended(TcpEndPoint Client, uint? FromClient, uint? FromServer, long UnixNanoseconds)
    {
        public uint? Beginning(TcpEndPoint source) => source.Equals(Client) ? FromClient : FromServer;
    }

    public int Count => _known.Count;

    /// <summary>Remembers a connection that is over.</summary>
    public void Add(TcpConnection connection)
    {
        var ended = connection.LastSeenUnixNanoseconds;
        _known[connection.Key] =
            new(connection.Client, connection.FromClient.Beginning, connection.FromServer.Beginning, ended);
        _order.Enqueue((connection.Key, ended));
    }

    /// <summary>
    /// True if a segment belongs to a connection that is over. One that opens another with the same ends does not: what
    /// was before is forgotten then.
    /// </summary>
    public bool Owns(TcpEndPointPair key, in TcpSegment segment)
    {
        if (!_known.TryGetValue(key, out var ended)) return false;
        if (!segment.Has(TcpFlags.Syn) || ended.Beginning(segment.Source) == segment.SequenceNumber + 1) return true;
        _known.Remove(key);
        return false;
    }

    /// <summary>Forgets the oldest ones.</summary>
    /// <param name="now">The capture's time.</param>
    /// <param name="most">How many may stay.</param>
    public void Forget(long now, int most)
    {
        var patience = limits.EndedPatience.TotalNanoseconds;
        while (_order.TryPeek(out var oldest))
        {
            // Its end points were used again.
            var isStale = !_known.TryGetValue(oldest.Key, out var ended)
                || ended.UnixNanoseconds != oldest.UnixNanoseconds;
            if (!isStale && _known.Count <= most && now - oldest.UnixNanoseconds <= patience) return;
            _order.Dequeue();
            if (!isStale) _known.Remove(oldest.Key);
        }
    }
}
