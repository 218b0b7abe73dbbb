using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>Sorts frames into TCP connections and pushes the streams of each into a sink of its own.</summary>
/// <remarks>
/// Not thread-safe. Memory is bounded by <see cref="ReassemblyLimits"/> whatever the frames say. Checksums are not
/// checked: offloading leaves them wrong in good captures.
/// </remarks>
public sealed class TcpReassembler
{
    private readonly Func<TcpConnectionInfo, IConnectionSink> _sinks;
    private readonly StreamContext _context;
    private readonly Dictionary<TcpEndPointPair, TcpConnection> _connections = [];
    private readonly LinkedList<TcpConnection> _byActivity = new();

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
    }

    public ReassemblyCounters Counters => _context.Counters;

    /// <summary>Takes the next frame; fits <see cref="FrameHandler"/>.</summary>
    public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        Counters.Frames++;
        var content = TcpSegment.Read(header, frame, out var segment);
        switch (content)
        {
            case FrameContent.Tcp: Segment(segment, header.At); break;
            case FrameContent.Fragment: Counters.Fragments++; break;
            case FrameContent.Malformed: Counters.Malformed++; break;
            default: Counters.NotTcp++; break;
        }
    }

    /// <summary>
    /// The capture is at its end: delivers what waits behind gaps. Connections without FIN or RST stay without an end.
    /// </summary>
    public void Flush()
    {
        while (GiveUpOldest())
        {
            // until there is none
        }
    }

    /// <summary>Gives up the connection that was silent longest, as <see cref="Flush"/> does.</summary>
    /// <returns>False if there is none.</returns>
    public bool GiveUpOldest()
    {
        if (_byActivity.First is not { } oldest) return false;
        GiveUp(oldest.Value);
        return true;
    }

    /// <summary>Gives up connections that were silent for a while, as <see cref="Flush"/> does.</summary>
    /// <param name="beforeUnixNanoseconds">Connections without a frame since this time.</param>
    /// <returns>How many there were.</returns>
    public int FlushIdle(long beforeUnixNanoseconds)
    {
        var count = 0;
        while (_byActivity.First is { } oldest && oldest.Value.LastSeenUnixNanoseconds < beforeUnixNanoseconds)
        {
            GiveUp(oldest.Value);
            count++;
        }
        return count;
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
            if (_connections.Count >= _context.Limits.Connections) GiveUpOldest();
            connection = Add(key, segment, at);
        }
        else
        {
            _byActivity.Remove(connection.Node);
        }
        _byActivity.AddLast(connection.Node);
        connection.Segment(segment, at);
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
        _byActivity.Remove(connection.Node);
        _connections.Remove(connection.Key);
        connection.Close();
    }
}
