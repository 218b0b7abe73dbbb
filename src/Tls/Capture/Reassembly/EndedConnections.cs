using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>
/// Connections of which both directions have ended: what comes late of them begins no new one. Of each only its key and
/// the places of its streams are left, values without an object: thousands are remembered at any time.
/// </summary>
/// <remarks>RFC 9293, Section 3.6.1: TIME-WAIT.</remarks>
internal sealed class EndedConnections(ReassemblyLimits limits)
{
    private readonly Dictionary<TcpEndPointPair, Ended> _known = [];
    private readonly Queue<(TcpEndPointPair Key, long Number, long UnixNanoseconds)> _order = new();
    private long _number;

    private readonly record struct Ended(
        TcpEndPoint Client, StreamPlace FromClient, StreamPlace FromServer, long Number)
    {
        public StreamPlace From(TcpEndPoint source) => source.Equals(Client) ? FromClient : FromServer;
    }

    /// <summary>How many there are, those included whose end points were used again.</summary>
    public int Count => _order.Count;

    /// <summary>Remembers a connection that is over.</summary>
    public void Add(TcpConnection connection)
    {
        var ended = new Ended(connection.Client, connection.FromClient.Place, connection.FromServer.Place, ++_number);
        _known[connection.Key] = ended;
        _order.Enqueue((connection.Key, ended.Number, connection.LastSeenUnixNanoseconds));
    }

    /// <summary>
    /// True if a segment belongs to a connection that is over. One that opens another with the same ends does not, nor
    /// data far from the stream's: what was before is forgotten then.
    /// </summary>
    public bool Owns(TcpEndPointPair key, in TcpSegment segment)
    {
        if (!_known.TryGetValue(key, out var ended)) return false;
        var stream = ended.From(segment.Source);
        var isLate = segment.Has(TcpFlags.Syn)
            ? stream.Beginning == segment.SequenceNumber + 1
            : stream.IsNear(segment.SequenceNumber);
        if (!isLate) _known.Remove(key);
        return isLate;
    }

    /// <summary>Forgets the oldest ones.</summary>
    /// <param name="now">The capture's time.</param>
    /// <param name="most">How many may stay.</param>
    public void Forget(long now, int most)
    {
        var patience = limits.EndedPatience.TotalNanoseconds;
        while (_order.TryPeek(out var oldest))
        {
            // If not, its end points were used again.
            var isKnown = _known.TryGetValue(oldest.Key, out var ended) && ended.Number == oldest.Number;
            if (isKnown && _order.Count <= most && now - oldest.UnixNanoseconds <= patience) return;
            _order.Dequeue();
            if (isKnown) _known.Remove(oldest.Key);
        }
    }
}
