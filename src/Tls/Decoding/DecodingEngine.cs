using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding.ClearText;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>Turns the octets of both directions into events: text, records, opened records, messages.</summary>
internal sealed class DecodingEngine
{
    private readonly DecodingLimits _limits;
    private readonly DecodingLog _log;
    private readonly DirectionState _client;
    private readonly DirectionState _server;
    private readonly HandshakeTracker _tracker;
    private readonly ContentDecoder _content;
    private readonly RecordDecoder _records;
    private readonly List<(TlsRecord Record, long Number, long Lost)> _early = [];
    private ClearTextDialogue? _clearText;
    private long _earlyOctets;
    private FrameStamp _last;

    public DecodingEngine(SessionSecrets? secrets, DecodingLimits limits, bool openingSeen)
    {
        (_limits, _log) = (limits, new(limits, openingSeen));
        _client = NewState(Direction.ClientToServer);
        _server = NewState(Direction.ServerToClient);
        _tracker = new(secrets, _client, _server);
        _content = new(_log, _tracker);
        _records = new(_log, _tracker, _content);
    }

    /// <summary>The next octets of one direction. Nobody may change them later: what comes out are slices.</summary>
    public void Data(Direction direction, ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        var state = _tracker.StateOf(direction);
        at = Latest(state, at);
        _log.Of(direction).Octets += bytes.Length;
        // Most connections begin with TLS: no text, nothing to copy.
        if (state.IsTls || state.IsFresh && RecordReader.LooksLikeTls(bytes.Span) == true)
        {
            (state.IsTls, state.IsFresh) = (true, false);
            state.Records.Adopt(bytes, at);
            return;
        }
        state.IsFresh = false;
        if (ClearText.Read(direction, bytes.Span, at) is not { IsEmpty: false } rest) return;
        state.IsTls = true;
        state.Records.Read(rest, at);
    }

    public void Gap(Direction direction, long length, FrameStamp at)
    {
        var state = _tracker.StateOf(direction);
        var before = state.Latest.Number;
        at = Latest(state, at);
        _log.Of(direction).MissingOctets += length;
        (state.HasGap, state.IsFresh) = (true, false);
        if (!state.IsTls) ClearText.Gap(direction, at);
        state.Records.Gap(length, at);
        _content.CutMessage(direction, FaultOwner.CutCapture, at);
        _log.Add(new GapEvent(direction, at, length) { Since = Math.Min(before + 1, at.Number) });
    }

    public void Anomaly(Direction direction, SegmentAnomaly anomaly, FrameStamp at) =>
        _log.Add(new AnomalyEvent(direction, at, anomaly));

    public void Fault(Direction direction, WireFault fault, FrameStamp at) =>
        _log.Fault(direction, fault, default, at);

    public void End(Direction direction, ConnectionEnd end, FrameStamp at)
    {
        var state = _tracker.StateOf(direction);
        at = Latest(state, at);
        Flush(direction, state.HasGap ? FaultOwner.CutCapture : FaultOwner.Peer, at);
        state.HasEnded = true;
        _log.Add(new EndEvent(direction, at, end));
    }

    public DecodedConnection Complete()
    {
        FlushEarly();
        if (!_client.HasEnded) Flush(Direction.ClientToServer, FaultOwner.CutCapture, _last);
        if (!_server.HasEnded) Flush(Direction.ServerToClient, FaultOwner.CutCapture, _last);
        _client.Inflation?.Dispose();
        _server.Inflation?.Dispose();
        var connection = _log.Connection();
        connection.LacksSession = _tracker.LacksSession;
        return connection;
    }

    // Most connections have none.
    private ClearTextDialogue ClearText => _clearText ??= new(_log.Add);

    // Segments out of order can be read from the frame on that fills the hole before them.
    private FrameStamp Latest(DirectionState state, FrameStamp at)
    {
        if (at.Number >= state.Latest.Number) state.Latest = at;
        return _last = state.Latest;
    }

    private DirectionState NewState(Direction direction) => new()
    {
        Records = new(new RecordSink(this, direction)),
    };

    private void Flush(Direction direction, FaultOwner owner, FrameStamp at)
    {
        var state = _tracker.StateOf(direction);
        if (!state.IsTls) _clearText?.Flush(direction, at);
        state.Records.End(owner, at);
        _content.CutMessage(direction, owner, at);
    }

    private void OnRecord(Direction direction, TlsRecord record)
    {
        if (!_tracker.AwaitsServerHello) FlushEarly();
        if (!_log.HasRoom(direction, _early.Count, record.At)) return;

        var state = _tracker.StateOf(direction);
        var totals = _log.Of(direction);
        totals.Records++;
        if (_tracker.AwaitsServerHello && state.Epoch == Epoch.Early && record.Type == ContentType.ApplicationData)
        {
            _early.Add((record, totals.Records, state.Records.Lost)); // the suite that opens it comes with ServerHello
            _earlyOctets += record.Fragment.Length;
            if (_earlyOctets > _limits.Octets) FlushEarly();
            return;
        }
        _records.Take(direction, record, totals.Records, state.Records.Lost);
        if (!_tracker.AwaitsServerHello) FlushEarly();
    }

    private void FlushEarly()
    {
        if (_early.Count == 0) return;
        _tracker.StopAwaiting();
        var records = _early.ToArray();
        _early.Clear();
        _earlyOctets = 0;
        foreach (var (record, number, lost) in records)
            _records.Take(Direction.ClientToServer, record, number, lost);
        _log.IsOutOfOrder = true;
    }

    private sealed class RecordSink(DecodingEngine engine, Direction direction) : IRecordSink
    {
        public void Record(TlsRecord record) => engine.OnRecord(direction, record);

        public void Fault(WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at) =>
            engine._content.TakeBroken(direction, fault, bytes, at);
    }
}
