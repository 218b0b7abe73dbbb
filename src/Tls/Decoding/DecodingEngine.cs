using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>Turns the octets of both directions into events: text, records, opened records, messages.</summary>
internal sealed class DecodingEngine
{
    /// <summary>
    /// A record or message of few octets costs hundreds here: a stream of such must not fill the memory.
    /// </summary>
    internal const int MostItems = 1 << 19;

    private readonly List<ConnectionEvent> _events = [];
    private readonly List<DecodedRecord> _records = [];
    private readonly Dictionary<Direction, DirectionState> _states = [];
    private readonly HandshakeTracker _tracker;
    private readonly List<TlsRecord> _early = [];
    private FrameStamp _last;
    private bool _isFull;

    public DecodingEngine(KeyLog? keyLog)
    {
        foreach (var direction in (Direction[])[Direction.ClientToServer, Direction.ServerToClient])
        {
            _states[direction] = new()
            {
                ClearText = new((line, at) => _events.Add(new ClearTextEvent(direction, at, line))),
                Records = new(new RecordSink(this, direction)),
            };
        }
        _tracker = new(keyLog, _states[Direction.ClientToServer], _states[Direction.ServerToClient]);
    }

    public void Data(Direction direction, byte[] bytes, FrameStamp at)
    {
        _last = at;
        var state = _states[direction];
        if (state.IsTls)
        {
            state.Records.Read(bytes, at);
        }
        else if (state.ClearText.Read(bytes, at) is { } rest)
        {
            state.IsTls = true;
            state.Records.Read(rest, at);
        }
    }

    public void Gap(Direction direction, long length, FrameStamp at)
    {
        _last = at;
        var state = _states[direction];
        state.HasGap = true;
        state.Records.Gap(at);
        CutMessage(direction, FaultOwner.CutCapture, at);
        _events.Add(new GapEvent(direction, at, length));
    }

    public void Fault(Direction direction, WireFault fault, FrameStamp at) =>
        _events.Add(new FaultEvent(direction, at, fault, default));

    public void End(Direction direction, ConnectionEnd end, FrameStamp at)
    {
        _last = at;
        Flush(direction, _states[direction].HasGap ? FaultOwner.CutCapture : FaultOwner.Peer, at);
        _states[direction].HasEnded = true;
        _events.Add(new EndEvent(direction, at, end));
    }

    public DecodedConnection Complete()
    {
        FlushEarly();
        foreach (var (direction, state) in _states)
            if (!state.HasEnded) Flush(direction, FaultOwner.CutCapture, _last);
        return new(_events, _records);
    }

    private void Flush(Direction direction, FaultOwner owner, FrameStamp at)
    {
        var state = _states[direction];
        state.ClearText.Flush(at);
        state.Records.End(owner, at);
        CutMessage(direction, owner, at);
    }

    private void OnRecord(Direction direction, TlsRecord record)
    {
        if (!HasRoom(direction, record.At)) return;

        var state = _states[direction];
        if (record.IsSslV2)
        {
            ReadSslV2(direction, record);
            return;
        }
        if (_tracker.AwaitsServerHello && state.Epoch == Epoch.Early && record.Type == ContentType.ApplicationData)
        {
            _early.Add(record); // the suite that opens it comes with ServerHello
            return;
        }
        if (!_tracker.IsProtected(state, record.Type))
        {
            _records.Add(new(direction, record, IsProtected: false, Opened: null));
            OnContent(direction, record.Type, record.Fragment, isProtected: false, record.At);
            return;
        }
        var opened = _tracker.Open(state, record, direction);
        _records.Add(new(direction, record, IsProtected: true, opened));
        if (opened is { IsOk: true } plain && !_tracker.IsCompressed)
        {
            OnContent(direction, new(plain.ContentType), plain.Content, isProtected: true, record.At);
            return;
        }
        _events.Add(new EncryptedEvent(direction, record.At, record.Type, record.Fragment.Length));
        if (opened is { IsOk: false } && !state.HasFailed && state.Epoch != Epoch.Early)
        {
            state.HasFailed = true;
            _events.Add(new FaultEvent(direction, record.At, new(WireFaultKind.Undecipherable, "fragment",
                TlsRecord.HeaderLength, state.HasGap ? FaultOwner.CutCapture : FaultOwner.Decoder,
                $"Expected a record that the logged secret opens. Got: {opened.Value.Status}"), record.Fragment));
        }
    }

    private bool HasRoom(Direction direction, FrameStamp at)
    {
        if (_isFull) return false;

        _isFull = _events.Count + _records.Count + _early.Count >= MostItems;
        if (_isFull)
        {
            Fault(direction, new(WireFaultKind.LimitExceeded, "connection", 0, FaultOwner.Decoder,
                $"Expected at most {MostItems} records and messages. Got: more; the rest is not decoded"), at);
        }

        return !_isFull;
    }

    private void OnContent(
        Direction direction, ContentType type, ReadOnlyMemory<byte> content, bool isProtected, FrameStamp at)
    {
        var state = _states[direction];
        if (type == ContentType.Handshake)
        {
            state.Joiner.Add(content.Span);
            while (state.Joiner.Next() is { } bytes) OnMessage(direction, bytes, isProtected, at, FaultOwner.Peer);
            return;
        }
        if (type == ContentType.Alert)
        {
            OnAlerts(direction, content, isProtected, at);
            return;
        }
        // RFC 8446, Section 5.1: a message that has begun may not be interrupted.
        CutMessage(direction, FaultOwner.Peer, at);
        if (type == ContentType.ChangeCipherSpec)
        {
            _events.Add(new ChangeCipherSpecEvent(direction, at));
            if (content.Length != 1 || content.Span[0] != 1)
                Fault(direction, new(WireFaultKind.IllegalValue, "change_cipher_spec", TlsRecord.HeaderLength, FaultOwner.Peer,
                    $"Expected 01. Got: {Convert.ToHexStringLower(content.Span[..Math.Min(content.Length, 8)])}"), at);
            _tracker.OnChangeCipherSpec(direction);
        }
        else if (type == ContentType.ApplicationData)
        {
            _events.Add(new ApplicationDataEvent(direction, at, content, IsEarly: state.Epoch == Epoch.Early));
        }
        else
        {
            _events.Add(new FaultEvent(direction, at, new(WireFaultKind.Unexpected, "type", 0, FaultOwner.Peer,
                $"Expected a content type of TLS. Got: {type}"), content));
        }
    }

    private void OnAlerts(Direction direction, ReadOnlyMemory<byte> content, bool isProtected, FrameStamp at)
    {
        var reader = new WireReader(content, offset: TlsRecord.HeaderLength);
        do
        {
            var alert = Alert.Read(ref reader);
            if (reader.Fault is { } fault) _events.Add(new FaultEvent(direction, at, fault, content));
            else _events.Add(new AlertEvent(direction, at, alert, isProtected));
        }
        while (reader.More);
    }

    private void OnMessage(Direction direction, byte[] bytes, bool isProtected, FrameStamp at, FaultOwner cut)
    {
        var message = HandshakeMessage.Read(bytes, _tracker.Context, cut);
        _tracker.BeforeMessage(direction, message);
        _events.Add(new HandshakeEvent(direction, at, message, isProtected, _tracker.Handshake));
        _tracker.AfterMessage(direction, message);
        if (message.Type == HandshakeType.ServerHello) FlushEarly();
    }

    private void FlushEarly()
    {
        if (_early.Count == 0) return;
        _tracker.StopAwaiting();
        var records = _early.ToArray();
        _early.Clear();
        foreach (var record in records) OnRecord(Direction.ClientToServer, record);
    }

    private void CutMessage(Direction direction, FaultOwner owner, FrameStamp at)
    {
        if (_states[direction].Joiner.TakeRest() is { } rest)
            OnMessage(direction, rest, isProtected: _states[direction].Epoch != Epoch.Plain, at, owner);
    }

    private void ReadSslV2(Direction direction, TlsRecord record)
    {
        _records.Add(new(direction, record, IsProtected: false, Opened: null));
        var reader = new WireReader(record.Fragment);
        var hello = SslV2ClientHello.Read(ref reader);
        var message = new HandshakeMessage(HandshakeType.ClientHello, record.Fragment, hello, reader.Fault);
        _events.Add(new HandshakeEvent(direction, record.At, message, IsProtected: false, Handshake: 0));
        _tracker.AfterMessage(direction, message);
    }

    private void OnRecordFault(Direction direction, WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        var state = _states[direction];
        // What there is of a cut plain handshake record is still worth reading.
        if (fault.Kind == WireFaultKind.Truncated && state.Epoch == Epoch.Plain && bytes.Length > TlsRecord.HeaderLength
            && new ContentType(bytes.Span[0]) == ContentType.Handshake)
        {
            state.Joiner.Add(bytes.Span[TlsRecord.HeaderLength..]);
            while (state.Joiner.Next() is { } message) OnMessage(direction, message, isProtected: false, at, FaultOwner.Peer);
            CutMessage(direction, fault.Owner, at);
        }
        _events.Add(new FaultEvent(direction, at, fault, bytes));
    }

    private sealed class RecordSink(DecodingEngine engine, Direction direction) : IRecordSink
    {
        public void Record(TlsRecord record) => engine.OnRecord(direction, record);

        public void Fault(WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at) =>
            engine.OnRecordFault(direction, fault, bytes, at);
    }
}
