using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Packets;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Harness.Diagnosis.Packets;

/// <summary>Gathers the traits of the packets of each connection, as a capture is read.</summary>
public sealed class PacketTraitsSink : ICaptureFileSink
{
    private const int MostConnections = 50_000;

    private readonly Dictionary<(TcpEndPoint Source, TcpEndPoint Destination), Seen> _ways = [];

    public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (TcpSegment.Read(header, frame, out var segment) != FrameContent.Tcp) return;
        var way = (segment.Source, segment.Destination);
        if (!_ways.TryGetValue(way, out var seen))
        {
            if (_ways.Count >= 2 * MostConnections) return;
            _ways[way] = seen = new();
        }
        seen.Add(segment, header.At.Number);
    }

    /// <summary>What was seen of a connection.</summary>
    public PacketTraits Of(TcpConnectionInfo info)
    {
        var (client, server) = (EndPoint(info.Client), EndPoint(info.Server));
        var fromClient = _ways.GetValueOrDefault((client, server)) ?? new();
        var fromServer = _ways.GetValueOrDefault((server, client)) ?? new();
        var resetter = fromServer.ResetFrame > 0
            && (fromClient.ResetFrame == 0 || fromServer.ResetFrame < fromClient.ResetFrame) ? fromServer : fromClient;
        return new()
        {
            Openings = fromClient.Openings,
            IsAccepted = fromServer.IsAccepted,
            HopsOfResetter = resetter.Hops,
            HopsOfReset = resetter.ResetFrame > 0 ? resetter.HopsOfReset : null,
            ResetFrame = resetter.ResetFrame,
        };
    }

    private static TcpEndPoint EndPoint(IPEndPoint end) => TcpEndPoint.From(end);

    private sealed class Seen
    {
        public Dictionary<int, int> Hops { get; } = [];

        public int Openings { get; private set; }

        public bool IsAccepted { get; private set; }

        public int HopsOfReset { get; private set; }

        public long ResetFrame { get; private set; }

        public void Add(in TcpSegment segment, long frame)
        {
            if (segment.IsOpening) Openings++;
            if (segment.Has(TcpFlags.Syn) && segment.Has(TcpFlags.Ack)) IsAccepted = true;
            if (segment.Has(TcpFlags.Rst))
            {
                if (ResetFrame == 0) (ResetFrame, HopsOfReset) = (frame, segment.Hops);
                return;
            }
            if (ResetFrame == 0) Hops[segment.Hops] = Hops.GetValueOrDefault(segment.Hops) + 1;
        }
    }
}
