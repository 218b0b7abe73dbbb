using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>One direction of a connection: puts its segments in order and pushes them into the sink.</summary>
/// <remarks>
/// Offsets count the octets of the stream from 0, so that the wrap of sequence numbers (RFC 9293, Section 3.4) is met
/// once only.
/// </remarks>
internal sealed class TcpStream(
    Direction direction, TcpConnectionInfo connection, IConnectionSink sink, StreamContext context)
{
    /// <summary>The largest window, RFC 7323, Section 2.3.</summary>
    private const long LargestWindow = 1L << 30;

    private readonly EarlySegments _early = new();
    private RecentBytes? _recent;
    private uint _nextSequence;
    private uint? _announced;
    private uint? _acknowledgedBeforeStart;
    private long _missed;
    private long _next;
    private long _acknowledged;
    private long _finOffset = long.MaxValue;
    private FrameStamp _finAt;
    private FrameStamp _acknowledgedAt;
    private int _segmentsSinceEvidence;
    private FrameStamp? _evidence;
    private long _conceded;

    public bool IsStarted { get; private set; }

    /// <summary>The FIN and all before it was delivered, or a RST.</summary>
    public bool IsEnded => IsReset || FinDelivered;

    public bool IsReset { get; private set; }

    public bool FinDelivered { get; private set; }

    /// <summary>Sequence number of the stream's first octet.</summary>
    public uint FirstSequence { get; private set; }

    /// <summary>
    /// Where it lies, as far as that is known: from its segments, or from a SYN+ACK of the other end.
    /// </summary>
    public StreamPlace Place => new(IsStarted ? FirstSequence : _announced, _nextSequence);

    /// <summary>Fixes where the stream begins, if that is not known yet.</summary>
    public void Start(in TcpSegment segment)
    {
        if (!IsStarted) Start(segment.Has(TcpFlags.Syn) ? FirstOctet(segment) : LateStart(segment.SequenceNumber));
    }

    /// <summary>The other end's SYN+ACK tells where the stream will begin.</summary>
    public void Announce(uint firstSequence) => _announced ??= firstSequence;

    /// <summary>True if a SYN of this direction belongs to the SYN+ACK that was captured before it.</summary>
    public bool IsAnnounced(uint firstSequence) => !IsStarted && _announced == firstSequence;

    /// <summary>
    /// True if all octets before a sequence number were delivered, or nobody waits for them any more.
    /// </summary>
    public bool HasReached(uint sequence)
    {
        if (IsMissed || IsReset) return true;
        if (!IsStarted) return _announced is not { } first || unchecked((int)(sequence - first)) <= 0;
        var offset = Offset(sequence);
        return offset <= _next || offset <= _conceded || offset > _next + LargestWindow
            || (FinDelivered && offset == _next + 1); // a FIN takes one sequence number
    }

    /// <summary>True if nobody waits for this direction, until there is data of it again.</summary>
    public bool IsMissed { get; private set; }

    /// <summary>What was acknowledged up to a sequence number does not come any more.</summary>
    public void Concede(uint sequence)
    {
        IsMissed = true;
        if (!IsStarted) return;
        _conceded = Offset(sequence);
        while (!_early.IsEmpty && _early.First.Offset < _conceded) GiveUpBeforeEarly();
        DeliverFin();
    }

    /// <summary>Data and FIN of a segment of this direction.</summary>
    public void Segment(in TcpSegment segment, FrameStamp at)
    {
        if (segment.PayloadLength > 0) IsMissed = false;
        Start(segment);
        var offset = Offset(FirstOctet(segment));
        if (offset - _next > LargestWindow)
        {
            Report(SegmentAnomaly.OutOfWindow, at);
            return;
        }
        if (segment.Has(TcpFlags.Fin) && _finOffset == long.MaxValue && offset + segment.PayloadLength >= _next)
        {
            _finOffset = offset + segment.PayloadLength;
            _finAt = at;
        }
        var missing = segment.PayloadLength - segment.Payload.Length;
        if (segment.PayloadLength > 0) Data(offset, segment.Payload, missing, at);
        DeliverFin();
        JudgeGap(at);
    }

    /// <summary>
    /// The other end has acknowledged everything before a sequence number: bytes that are not here are not on their way
    /// any more.
    /// </summary>
    public void Acknowledged(uint sequence, FrameStamp at)
    {
        if (!IsStarted)
        {
            var more = unchecked((int)(sequence - (_acknowledgedBeforeStart ?? _announced ?? sequence)));
            if (more > 0) (_missed, _acknowledgedAt) = (_missed + more, at);
            _acknowledgedBeforeStart = sequence;
            return;
        }
        var offset = Offset(sequence);
        if (offset > _acknowledged && offset - _next <= LargestWindow) (_acknowledged, _acknowledgedAt) = (offset, at);
        JudgeGap(at);
    }

    public void Reset(FrameStamp at)
    {
        if (IsReset) return;
        IsReset = true;
        sink.End(direction, ConnectionEnd.Reset, at);
    }

    /// <summary>Nothing more will come: delivers what waits, with the gaps before it.</summary>
    public void Flush()
    {
        // Nothing of this direction was captured, but its octets were acknowledged; one may be a FIN.
        if (!IsStarted && _missed > 1)
        {
            context.Counters.Missing += _missed;
            sink.Gap(direction, _missed, _acknowledgedAt);
            _missed = 0;
        }
        while (!_early.IsEmpty) GiveUpBeforeEarly();
        // An acknowledgment one octet further may be that of a FIN which was not captured.
        var known = _finOffset < long.MaxValue ? Math.Max(_next, _finOffset) : _acknowledged;
        var isFin = _finOffset == long.MaxValue && known == _next + 1;
        if (IsStarted && known > _next && !isFin) GiveUp(known, _finOffset < long.MaxValue ? _finAt : _acknowledgedAt);
        DeliverFin();
        ReleaseHistory();
    }

    private void Start(uint firstSequence)
    {
        FirstSequence = _nextSequence = firstSequence;
        IsStarted = true;
    }

    // A SYN takes one sequence number (RFC 9293, Section 3.4).
    private static uint FirstOctet(in TcpSegment segment) =>
        unchecked(segment.SequenceNumber + (segment.Has(TcpFlags.Syn) ? 1u : 0));

    /// <summary>
    /// Begins in the middle: where the other end's acknowledgment says, if that is just before the first segment.
    /// </summary>
    private uint LateStart(uint sequence)
    {
        var first = _announced ?? _acknowledgedBeforeStart ?? sequence;
        var missing = unchecked((int)(sequence - first));
        return missing > 0 && missing <= context.Limits.BufferedPerStream ? first : sequence;
    }

    private long Offset(uint sequence) => _next + unchecked((int)(sequence - _nextSequence));

    private void Data(long offset, ReadOnlySpan<byte> bytes, int missing, FrameStamp at)
    {
        if (missing > 0) context.Counters.Cut++;
        if (offset + bytes.Length + missing > _finOffset)
        {
            var isKeepAlive = offset == _finOffset && bytes.Length == 1;
            if (!isKeepAlive) Report(SegmentAnomaly.DataAfterFin, at);
            var allowed = Math.Max(0, _finOffset - offset);
            missing = (int)Math.Clamp(allowed - bytes.Length, 0, missing);
            bytes = bytes[..(int)Math.Min(bytes.Length, allowed)];
        }
        if (offset < _next)
        {
            CompareWithDelivered(offset, bytes, at);
            var repeated = (int)Math.Min(_next - offset, bytes.Length);
            missing = (int)Math.Clamp(offset + bytes.Length + missing - _next, 0, missing);
            bytes = bytes[repeated..];
            offset = _next;
            if (bytes.Length == 0 && missing == 0)
            {
                context.Counters.Repeated++;
                return;
            }
        }
        if (offset == _next && _early.IsEmpty) Deliver(bytes, missing, at);
        else Keep(offset, bytes, missing, at);
    }

    private void CompareWithDelivered(long offset, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        // A keep-alive repeats the last octet with any content (RFC 9293, Section 3.8.4).
        var isKeepAlive = bytes.Length == 1 && offset == _next - 1;
        if (!isKeepAlive && _recent?.Agrees(offset, bytes) == false) ReportConflict(at);
    }

    private void Keep(long offset, ReadOnlySpan<byte> bytes, int missing, FrameStamp at)
    {
        if (offset > _next) context.Counters.OutOfOrder++;
        var before = _early.Cost;
        if (!_early.Insert(offset, bytes, missing, at)) ReportConflict(at);
        context.Counters.Held += _early.Cost - before;
        DeliverEarly();
        var limits = context.Limits;
        while (!_early.IsEmpty
            && (_early.Cost > limits.BufferedPerStream || context.Counters.Held > limits.BufferedInTotal))
        {
            Report(SegmentAnomaly.BufferFull, at);
            GiveUpBeforeEarly();
        }
    }

    private void DeliverEarly()
    {
        while (!_early.IsEmpty && _early.First.Offset <= _next)
        {
            var segment = _early.TakeFirst();
            context.Counters.Held -= segment.Cost;
            // What was delivered or given up meanwhile is cut off its front.
            var done = (int)Math.Min(_next - segment.Offset, segment.Length);
            var missing = (int)Math.Clamp(segment.End - _next, 0, segment.Missing);
            Deliver(segment.Bytes[done..], missing, segment.At);
            EarlySegments.Return(segment);
        }
    }

    private void Deliver(ReadOnlySpan<byte> bytes, int missing, FrameStamp at)
    {
        if (bytes.Length > 0)
        {
            _recent ??= RecentBytes.Rent(context);
            _recent?.Append(_next, bytes);
            Advance(bytes.Length);
            context.Counters.Delivered += bytes.Length;
            sink.Data(direction, bytes, at);
        }
        if (missing > 0) Gap(missing, at);
    }

    private void Gap(long length, FrameStamp at)
    {
        Advance(length);
        context.Counters.Missing += length;
        sink.Gap(direction, length, at);
    }

    private void Advance(long length)
    {
        _next += length;
        _nextSequence = unchecked(_nextSequence + (uint)length);
        _evidence = null;
    }

    // The segment behind it shows the gap, whenever it is given up.
    private void GiveUpBeforeEarly() => GiveUp(_early.First.Offset, _early.First.At);

    private void GiveUp(long until, FrameStamp at)
    {
        if (until > _next) Gap(until - _next, at);
        DeliverEarly();
    }

    /// <summary>Gives up missing bytes that the receiver has had for a while: the capture has lost them.</summary>
    private void JudgeGap(FrameStamp at)
    {
        if (_early.IsEmpty || _acknowledged < _early.First.Offset) return;
        if (_evidence is not { } evidence)
        {
            _evidence = at;
            _segmentsSinceEvidence = 0;
            return;
        }
        var waited = at.UnixNanoseconds - evidence.UnixNanoseconds;
        if (++_segmentsSinceEvidence < context.Limits.GapPatienceSegments
            && waited < context.Limits.GapPatience.TotalNanoseconds) return;
        GiveUpBeforeEarly();
        DeliverFin();
    }

    private void DeliverFin()
    {
        if (FinDelivered || _next < _finOffset) return;
        FinDelivered = true;
        ReleaseHistory();
        sink.End(direction, ConnectionEnd.Fin, _finAt);
    }

    /// <summary>What is repeated from now on is believed.</summary>
    public void ReleaseHistory()
    {
        _recent?.Return();
        _recent = null;
    }

    private void ReportConflict(FrameStamp at)
    {
        context.Counters.ConflictingOverlaps++;
        Report(SegmentAnomaly.ConflictingOverlap, at);
    }

    public void Report(SegmentAnomaly anomaly, FrameStamp at)
    {
        context.Counters.Anomalies++;
        context.OnAnomaly?.Invoke(connection, direction, anomaly, at);
        sink.Anomaly(direction, anomaly, at);
    }
}
