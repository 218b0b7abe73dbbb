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

    // One after the other: the same two ends may connect again.
    private readonly Dictionary<(TcpEndPoint Source, TcpEndPoint Destination), List<Seen>> _ways = [];
    private int _count;

    public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (TcpSegment.Read(header, frame, out var segment) != FrameContent.Tcp) return;
        var number = header.At.Number;
        if (segment.IsOpening && IsAnother(segment))
        {
            Begin(segment.Source, segment.Destination, number);
            Begin(segment.Destination, segment.Source, number);
        }
        var seen = Last(segment.Source, segment.Destination)
            ?? Begin(segment.Source, segment.Destination, number);
        seen?.Add(segment, header.At);
        if (segment.Has(TcpFlags.Ack))
            Last(segment.Destination, segment.Source)?.Acknowledge(segment.AcknowledgmentNumber);
    }

    /// <summary>What was seen of a connection.</summary>
    public PacketTraits Of(TcpConnectionInfo info)
    {
        var (client, server) = (EndPoint(info.Client), EndPoint(info.Server));
        var fromClient = Of(client, server, info.FirstFrame.Number);
        var fromServer = Of(server, client, info.FirstFrame.Number);
        var resetter = fromServer.ResetFrame > 0
            && (fromClient.ResetFrame == 0 || fromServer.ResetFrame < fromClient.ResetFrame) ? fromServer : fromClient;
        return new()
        {
            Openings = fromClient.Openings,
            IsAccepted = fromServer.IsAccepted,
            HopsOfResetter = resetter.Hops,
            HopsOfReset = resetter.ResetFrame > 0 ? resetter.HopsOfReset : null,
            ResetFrame = resetter.ResetFrame,
            LivesOnAfterReset = resetter.LivesOnAfterReset,
            FromClient = fromClient.Unacknowledged,
            FromServer = fromServer.Unacknowledged,
        };
    }

    // A SYN that is sent again has the number of the first.
    private bool IsAnother(in TcpSegment opening) => Last(opening.Source, opening.Destination) is { } before
        ? before.OpeningNumber != opening.SequenceNumber
        : Last(opening.Destination, opening.Source) is not null;

    private Seen? Last(in TcpEndPoint source, in TcpEndPoint destination) =>
        _ways.TryGetValue((source, destination), out var all) ? all[^1] : null;

    private Seen? Begin(in TcpEndPoint source, in TcpEndPoint destination, long frame)
    {
        if (_count >= 2 * MostConnections) return null;
        _count++;
        if (!_ways.TryGetValue((source, destination), out var all)) _ways[(source, destination)] = all = [];
        var begun = new Seen(frame);
        all.Add(begun);
        return begun;
    }

    // The one that had begun when the connection did, or, of an end that spoke later, the first behind.
    private Seen Of(in TcpEndPoint source, in TcpEndPoint destination, long frame) =>
        _ways.TryGetValue((source, destination), out var all)
            ? all.FindLast(seen => seen.FirstFrame <= frame) ?? all[0]
            : new(frame);

    private static TcpEndPoint EndPoint(IPEndPoint end) => TcpEndPoint.From(end);

    private sealed class Seen(long firstFrame)
    {
        /// <summary>Packets that were on their way before a RST have come by then.</summary>
        private const long Straggling = 50_000_000;

        private uint _unacknowledgedNumber;
        private long _resetTime;

        public long FirstFrame => firstFrame;

        /// <summary>The sequence number of its SYN; null if none was seen.</summary>
        public uint? OpeningNumber { get; private set; }

        public Dictionary<int, int> Hops { get; } = [];

        public int Openings { get; private set; }

        public bool IsAccepted { get; private set; }

        public int HopsOfReset { get; private set; }

        public long ResetFrame { get; private set; }

        public bool LivesOnAfterReset { get; private set; }

        public UnacknowledgedSegment Unacknowledged { get; private set; }

        /// <summary>The other end has everything before that number.</summary>
        public void Acknowledge(uint number)
        {
            if (IsBehind(number)) Unacknowledged = default;
        }

        public void Add(in TcpSegment segment, FrameStamp at)
        {
            var frame = at.Number;
            AddPayload(segment, frame);
            if (ResetFrame > 0 && !segment.Has(TcpFlags.Rst) && at.UnixNanoseconds - _resetTime > Straggling)
                LivesOnAfterReset = true;
            if (segment.IsOpening)
            {
                Openings++;
                OpeningNumber = segment.SequenceNumber;
            }
            if (segment.Has(TcpFlags.Syn) && segment.Has(TcpFlags.Ack)) IsAccepted = true;
            if (segment.Has(TcpFlags.Rst))
            {
                if (ResetFrame == 0) (ResetFrame, HopsOfReset, _resetTime) = (frame, segment.Hops, at.UnixNanoseconds);
                return;
            }
            if (ResetFrame == 0) Hops[segment.Hops] = Hops.GetValueOrDefault(segment.Hops) + 1;
        }

        // Of octets that wait for their acknowledgment the first ones are those that are sent again.
        private void AddPayload(in TcpSegment segment, long frame)
        {
            if (segment.PayloadLength == 0) return;
            if (Unacknowledged.Times == 0)
            {
                _unacknowledgedNumber = segment.SequenceNumber;
                Unacknowledged = new(segment.PayloadLength, 1, frame);
            }
            else if (segment.SequenceNumber == _unacknowledgedNumber)
            {
                Unacknowledged = Unacknowledged with
                {
                    Octets = Math.Max(Unacknowledged.Octets, segment.PayloadLength), Times = Unacknowledged.Times + 1,
                };
            }
        }

        // RFC 9293, Section 3.4: sequence numbers wrap around.
        private bool IsBehind(uint number) => Unacknowledged.Times > 0 && (int)(number - _unacknowledgedNumber) > 0;
    }
}
