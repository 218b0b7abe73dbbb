using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>
/// Segments of a connection that were captured before octets of the other end that they acknowledge, in the order of
/// their frames.
/// </summary>
/// <remarks>
/// A capture of several queues or taps swaps the directions; who answers whom is told by the acknowledgments
/// (RFC 9293, Section 3.10.7.4). What is awaited may be lost as well: nobody waits longer than
/// <see cref="ReassemblyLimits.GapPatience"/> and <see cref="ReassemblyLimits.GapPatienceSegments"/> say.
/// </remarks>
internal sealed class CrossedSegments(StreamContext context)
{
    private readonly List<Crossed> _segments = [];
    private int _passed;
    private bool _isTold;

    /// <summary>One of them.</summary>
    private sealed record Crossed(
        TcpStream Own, TcpStream Other, uint Sequence, uint Acknowledgment, TcpFlags Flags, byte[] Payload, int Length,
        FrameStamp At, int Passed, bool IsTooEarly)
    {
        private const int Overhead = 128;

        public int Cost => Payload.Length + Overhead;

        /// <summary>Sequence number behind it; a FIN takes one (RFC 9293, Section 3.4).</summary>
        public uint End => unchecked(Sequence + (uint)Length + ((Flags & TcpFlags.Fin) != 0 ? 1u : 0));

        public bool IsReady => (Flags & TcpFlags.Ack) == 0 || Other.HasReached(Acknowledgment);

        public TcpSegment Segment => new()
        {
            SequenceNumber = Sequence, AcknowledgmentNumber = Acknowledgment, Flags = Flags,
            Payload = Payload, PayloadLength = Length,
        };
    }

    public bool IsEmpty => _segments.Count == 0;

    /// <summary>True if the end of a direction waits.</summary>
    public bool HoldsEnd
    {
        get
        {
            foreach (var crossed in _segments)
                if ((crossed.Flags & (TcpFlags.Fin | TcpFlags.Rst)) != 0) return true;
            return false;
        }
    }

    /// <summary>True if segments of a direction wait: those behind them must wait too.</summary>
    public bool Holds(TcpStream own)
    {
        foreach (var crossed in _segments)
            if (crossed.Own == own) return true;
        return false;
    }

    /// <summary>Lets a segment wait for what it acknowledges.</summary>
    public void Add(TcpStream own, TcpStream other, in TcpSegment segment, FrameStamp at)
    {
        // What it acknowledges may be captured and wait itself, for octets that were lost.
        var isTooEarly = !HoldsUpTo(segment.AcknowledgmentNumber, other);
        var crossed = new Crossed(
            own, other, segment.SequenceNumber, segment.AcknowledgmentNumber, segment.Flags, segment.Payload.ToArray(),
            segment.PayloadLength, at, _passed, isTooEarly);
        _segments.Add(crossed);
        context.Counters.Held += crossed.Cost;
    }

    /// <summary>Delivers what has waited long enough, or for nothing any more.</summary>
    /// <param name="at">The frame that has just been seen.</param>
    public void Deliver(FrameStamp at)
    {
        _passed++;
        DeliverReady();
        while (!IsEmpty && IsOverdue(_segments[0], at)) GiveUpFirst();
    }

    /// <summary>Nothing more will come: delivers all.</summary>
    public void Flush()
    {
        DeliverReady();
        while (!IsEmpty) GiveUpFirst();
    }

    private bool HoldsUpTo(uint acknowledgment, TcpStream own)
    {
        foreach (var crossed in _segments)
            if (crossed.Own == own && unchecked((int)(crossed.End - acknowledgment)) >= 0) return true;
        return false;
    }

    private void DeliverReady()
    {
        while (Ready() is { } index)
        {
            var crossed = _segments[index];
            if (crossed.IsTooEarly && !crossed.Other.IsMissed) Tell(crossed);
            Take(index);
        }
    }

    private void Tell(Crossed crossed)
    {
        context.Counters.Crossed++;
        if (!_isTold) crossed.Own.Report(SegmentAnomaly.CapturedTooEarly, crossed.At);
        _isTold = true;
    }

    // What it waits for does not come; others may still wait with reason.
    private void GiveUpFirst()
    {
        var first = _segments[0];
        first.Other.Concede(first.Acknowledgment);
        Take(0);
        DeliverReady();
    }

    private bool IsOverdue(Crossed first, FrameStamp at) =>
        _passed - first.Passed > context.Limits.GapPatienceSegments
        || at.UnixNanoseconds - first.At.UnixNanoseconds > context.Limits.GapPatience.TotalNanoseconds
        || context.Counters.Held > context.Limits.BufferedInTotal;

    // The first of a direction that is ready: those of one direction keep their order.
    private int? Ready()
    {
        TcpStream? blocked = null;
        for (var i = 0; i < _segments.Count; i++)
        {
            var crossed = _segments[i];
            if (crossed.Own == blocked) continue;
            if (crossed.IsReady) return i;
            if (blocked is not null) return null;
            blocked = crossed.Own;
        }
        return null;
    }

    private void Take(int index)
    {
        var crossed = _segments[index];
        _segments.RemoveAt(index);
        context.Counters.Held -= crossed.Cost;
        TcpConnection.Take(crossed.Own, crossed.Other, crossed.Segment, crossed.At);
    }
}
