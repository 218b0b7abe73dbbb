using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>Both directions of a connection.</summary>
internal sealed class TcpConnection
{
    private readonly IConnectionSink _sink;
    private readonly StreamContext _context;
    private CrossedSegments? _crossed;
    private bool _hasData;

    public TcpConnection(
        TcpEndPointPair key, TcpEndPoint client, TcpConnectionInfo info, IConnectionSink sink, StreamContext context)
    {
        Key = key;
        (Client, _sink, _context) = (client, sink, context);
        FromClient = new(Direction.ClientToServer, info, sink, context);
        FromServer = new(Direction.ServerToClient, info, sink, context);
        Node = new(this);
    }

    public TcpEndPointPair Key { get; }

    public TcpEndPoint Client { get; }

    public TcpStream FromClient { get; }

    public TcpStream FromServer { get; }

    /// <summary>True if nothing that still comes would be read.</summary>
    public bool IsOver => FromClient.IsEnded && FromServer.IsEnded && _crossed is not { IsEmpty: false };

    /// <summary>Its place in the order of latest activity.</summary>
    public LinkedListNode<TcpConnection> Node { get; }

    /// <summary>How far it has come: connections of a phase are forgotten after the same time.</summary>
    public ConnectionPhase Phase =>
        HasEnded(FromClient, FromServer) || HasEnded(FromServer, FromClient) || _crossed is { HoldsEnd: true }
            ? ConnectionPhase.Ended
        : _hasData ? ConnectionPhase.Open
        : ConnectionPhase.Opening;

    public long LastSeenUnixNanoseconds { get; private set; }

    /// <summary>A SYN that does not repeat the first one: the end points are used again.</summary>
    public bool IsReplacedBy(in TcpSegment segment)
    {
        if (!segment.Has(TcpFlags.Syn)) return false;
        var own = segment.Source.Equals(Client) ? FromClient : FromServer;
        var isRepeated = own.IsStarted && own.FirstSequence == segment.SequenceNumber + 1;
        if (segment.IsOpening) return !isRepeated && !own.IsAnnounced(segment.SequenceNumber + 1);
        // A SYN+ACK starts the server's direction; a second, different one belongs to an opening that was not captured.
        return own.IsStarted && !isRepeated && own.IsEnded;
    }

    public void Segment(in TcpSegment segment, FrameStamp at)
    {
        LastSeenUnixNanoseconds = at.UnixNanoseconds;
        _hasData |= segment.PayloadLength > 0;
        var (own, other) = segment.Source.Equals(Client) ? (FromClient, FromServer) : (FromServer, FromClient);
        if (segment.Has(TcpFlags.Ack))
        {
            if (segment.Has(TcpFlags.Syn)) other.Announce(segment.AcknowledgmentNumber);
            if (!other.HasReached(segment.AcknowledgmentNumber) || _crossed is { IsEmpty: false })
            {
                Cross(own, other, segment, at);
                return;
            }
        }
        Take(own, other, segment, at);
        Acknowledge(other, segment, at);
        _crossed?.Deliver(at);
    }

    // A bare acknowledgment has nothing that could come too early.
    private void Cross(TcpStream own, TcpStream other, in TcpSegment segment, FrameStamp at)
    {
        _crossed ??= new(_context);
        Acknowledge(other, segment, at);
        var isBare = segment.PayloadLength == 0 && !segment.Has(TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst);
        if (!isBare && (_crossed.Holds(own) || !other.HasReached(segment.AcknowledgmentNumber)))
        {
            own.Start(segment);
            _crossed.Add(own, other, segment, at);
        }
        else Take(own, other, segment, at);
        _crossed.Deliver(at);
    }

    /// <summary>What a segment says of its own direction.</summary>
    internal static void Take(TcpStream own, TcpStream other, in TcpSegment segment, FrameStamp at)
    {
        if (segment.Has(TcpFlags.Syn)) own.Start(segment);
        if (segment.Has(TcpFlags.Rst))
        {
            own.Flush();
            own.Reset(at);
            other.ReleaseHistory();
            return;
        }
        own.Segment(segment, at);
    }

    // The acknowledgment of a RST may be anything.
    private static void Acknowledge(TcpStream other, in TcpSegment segment, FrameStamp at)
    {
        if (segment.Has(TcpFlags.Ack) && !segment.Has(TcpFlags.Rst))
            other.Acknowledged(segment.AcknowledgmentNumber, at);
    }

    /// <summary>No more will come: delivers what waits.</summary>
    public void Close()
    {
        _crossed?.Flush();
        FromClient.Flush();
        FromServer.Flush();
        _sink.Close();
    }

    // A RST ends both directions; a FIN ends its own, and all if the other one is not in the capture.
    private static bool HasEnded(TcpStream own, TcpStream other) =>
        own.IsReset || (own.FinDelivered && (other.FinDelivered || !other.IsStarted));
}
