using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>Sorts frames into TCP connections and pushes the streams of each into a sink of its own.</summary>
/// <remarks>
/// Not thread-safe. Memory is bounded by <see cref="ReassemblyLimits"/> whatever the frames say: about one KiB for each
/// connection that is remembered, besides what waits and what sinks keep. Ended and silent connections are forgotten as
/// the capture's time goes on. Checksums are not checked: offloading leaves them wrong in good captures.
/// </remarks>
public sealed class TcpReassembler
{
    private readonly Func<TcpConnectionInfo, IConnectionSink> _sinks;
    private readonly StreamContext _context;
    private readonly Dictionary<TcpEndPointPair, TcpConnection> _connections = [];
    private readonly ConnectionAges _ages;
    private readonly EndedConnections _ended;
    private readonly FragmentReassembly _fragments;

    /// <summary>A reassembly without connections.</summary>
    /// <param name="sinks">Makes the sink of a connection when its first frame is seen.</param>
    /// <param name="limits">Bounds of memory and patience.</param>
    /// <param name="onAnomaly">Told of what a well-behaved connection doesn't do.</param>
    public TcpReassembler(
        Func<TcpConnectionInfo, IConnectionSink> sinks,
        ReassemblyLimits? limits = null,
        AnomalyHandler? onAnomaly = null)
    {
        _sinks = sinks;
        _context = new(limits ?? ReassemblyLimits.Default, new(), onAnomaly);
        _ages = new(_context.Limits);
        _ended = new(_context.Limits);
        _fragments = new(_context.Limits, Counters);
    }

    public ReassemblyCounters Counters => _context.Counters;

    /// <summary>Connections that are remembered at the moment.</summary>
    public int Remembered => _connections.Count + _ended.Count;

    /// <summary>Takes the next frame; fits <see cref="FrameHandler"/>.</summary>
    public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        Counters.Frames++;
        var content = IpPacket.Read(header, frame, out var packet);
        if (content == FrameContent.NotInternet) Counters.Unread.Count(header.LinkType);
        if (content != FrameContent.Tcp || !packet.IsFragment) Packet(content, packet, header.At);
        else Packet(_fragments.Add(packet, header.At, out var whole), whole, header.At);
    }

    /// <summary>
    /// The capture is at its end: delivers what waits behind gaps. Connections without FIN or RST stay without an end.
    /// </summary>
    public void Flush()
    {
        _fragments.Flush();
        while (GiveUpOldest())
        {
            // until there is none
        }
        _ended.Forget(long.MinValue, most: 0);
    }

    /// <summary>
    /// Gives up the connection that was silent longest, as <see cref="Flush"/> does; first of those that carry data and
    /// have not ended, because they hold most.
    /// </summary>
    /// <returns>False if there is none.</returns>
    public bool GiveUpOldest()
    {
        if (_ages.Costliest is not { } connection) return false;
        GiveUp(connection);
        return true;
    }

    private void Packet(FrameContent content, scoped in IpPacket packet, FrameStamp at)
    {
        if (content == FrameContent.Tcp)
        {
            content = TcpSegment.Read(packet, out var segment);
            if (content == FrameContent.Tcp) Segment(segment, at);
        }
        if (content == FrameContent.Malformed) Counters.Malformed++;
        else if (content == FrameContent.NotTcp) NotTcp(packet);
        else if (content == FrameContent.NotInternet) Counters.NotInternet++;
    }

    private void NotTcp(scoped in IpPacket packet)
    {
        Counters.NotTcp++;
        Counters.Unread.Count(packet);
    }

    private void Segment(in TcpSegment segment, FrameStamp at)
    {
        Counters.Segments++;
        var key = new TcpEndPointPair(segment.Source, segment.Destination);
        if (_connections.TryGetValue(key, out var connection) && connection.IsReplacedBy(segment))
        {
            GiveUp(connection);
            connection = null;
        }
        if (connection is null)
        {
            // An acknowledgment or a RST of an unknown connection tells nothing.
            if (!segment.Has(TcpFlags.Syn) && segment.PayloadLength == 0) return;
            if (_ended.Owns(key, segment))
            {
                Counters.Repeated++;
                return;
            }
            if (_connections.Count >= _context.Limits.Connections) GiveUp(_ages.LeastUseful!);
            connection = Add(key, segment, at);
        }
        connection.Segment(segment, at);
        _ages.Touch(connection);
        if (connection.IsOver)
        {
            GiveUp(connection);
            _ended.Add(connection);
        }
        while (_ages.Overdue is { } overdue) GiveUp(overdue);
        _ended.Forget(_ages.Now, _context.Limits.EndedConnections);
    }

    private TcpConnection Add(TcpEndPointPair key, in TcpSegment segment, FrameStamp at)
    {
        var fromClient = ClientRole.IsSender(segment);
        var client = fromClient ? segment.Source : segment.Destination;
        var server = fromClient ? segment.Destination : segment.Source;
        var info = new TcpConnectionInfo(
            ++Counters.Connections, client.ToIPEndPoint(), server.ToIPEndPoint(), at, segment.Has(TcpFlags.Syn));
        var connection = new TcpConnection(key, client, info, _sinks(info), _context);
        _connections.Add(key, connection);
        return connection;
    }

    private void GiveUp(TcpConnection connection)
    {
        ConnectionAges.Remove(connection);
        _connections.Remove(connection.Key);
        connection.Close();
    }
}
