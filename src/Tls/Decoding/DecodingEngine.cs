using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding.ClearText;
using TlsInterop.Tls.Messages;
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
    private readonly ClearTextDialogue _clearText;
    private readonly HandshakeTracker _tracker;
    private readonly List<(TlsRecord Record, long Number, long Lost)> _early = [];
    private long _earlyOctets;
    private FrameStamp _last;

    public DecodingEngine(SessionSecrets? secrets, DecodingLimits limits)
    {
        (_limits, _log) = (limits, new(limits));
        _clearText = new(_log.Add);
        _client = NewState(Direction.ClientToServer);
        _server = NewState(Direction.ServerToClient);
        _tracker = new(secrets, _client, _server);
    }

    /// <summary>The next octets of one direction. Nobody may change them later: what comes out are slices.</summary>
    public void Data(Direction direction, ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        var state = StateOf(direction);
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
        if (_clearText.Read(direction, bytes.Span, at) is not { IsEmpty: false } rest) return;
        state.IsTls = true;
        state.Records.Read(rest, at);
    }

    public void Gap(Direction direction, long length, FrameStamp at)
    {
        var state = StateOf(direction);
        var before = state.Latest.Number;
        at = Latest(state, at);
        _log.Of(direction).MissingOctets += length;
        (state.HasGap, state.IsFresh) = (true, false);
        if (!state.IsTls) _clearText.Gap(direction, at);
        state.Records.Gap(length, at);
        CutMessage(direction, FaultOwner.CutCapture, at);
        _log.Add(new GapEvent(direction, at, length) { Since = Math.Min(before + 1, at.Number) });
    }

    public void Anomaly(Direction direction, SegmentAnomaly anomaly, FrameStamp at) =>
        _log.Add(new AnomalyEvent(direction, at, anomaly));

    public void Fault(Direction direction, WireFault fault, FrameStamp at) =>
        _log.Fault(direction, fault, default, at);

    public void End(Direction direction, ConnectionEnd end, FrameStamp at)
    {
        var state = StateOf(direction);
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

    private DirectionState StateOf(Direction direction) => direction == Direction.ClientToServer ? _client : _server;

    private void Flush(Direction direction, FaultOwner owner, FrameStamp at)
    {
        var state = StateOf(direction);
        if (!state.IsTls) _clearText.Flush(direction, at);
        state.Records.End(owner, at);
        CutMessage(direction, owner, at);
    }

    private void OnRecord(Direction direction, TlsRecord record)
    {
        if (!_log.HasRoom(direction, _early.Count, record.At)) return;

        var state = StateOf(direction);
        var totals = _log.Of(direction);
        totals.Records++;
        if (_tracker.AwaitsServerHello && state.Epoch == Epoch.Early && record.Type == ContentType.ApplicationData)
        {
            _early.Add((record, totals.Records, state.Records.Lost)); // the suite that opens it comes with ServerHello
            _earlyOctets += record.Fragment.Length;
            if (_earlyOctets > _limits.Octets) FlushEarly();
            return;
        }
        OnRecord(direction, state, record, totals.Records, state.Records.Lost);
    }

    private void OnRecord(Direction direction, DirectionState state, TlsRecord record, long number, long lost)
    {
        state.Lost += lost;
        _log.Begin(direction, number);
        if (record.IsSslV2 && SslV2ErrorEvent.Read(direction, record.At, record.Fragment.Span) is { } error)
            ReadSslV2Error(record, number, error);
        else if (record.IsSslV2 && number == 1) ReadSslV2(direction, record, number);
        else if (record.IsSslV2) CountSslV2(direction, record, number);
        else if (_tracker.IsProtected(state, record.Type) || SeemsProtected(state, record)) OnProtected(direction, state, record, number);
        else OnPlain(direction, record, number);
    }

    // Where octets are missing, or the beginning, keys may have changed unseen: a message that makes no sense is closed.
    private bool SeemsProtected(DirectionState state, TlsRecord record)
    {
        var isCertain = !_client.HasGap && !_server.HasGap && !(state.HasChangedCipher && !_tracker.HasServerHello)
            && _tracker.HasHello;
        if (isCertain || state.Epoch != Epoch.Plain || _tracker.Context.Version.IsTls13) return false;
        // RFC 5246, Section 7.4.9: Finished is never plain, though a suite without a cipher leaves it readable.
        var isFinished = state.Lost > 0 && !record.Fragment.IsEmpty
            && record.Fragment.Span[0] == HandshakeType.Finished.Code;
        var isOdd = record.Type == ContentType.Handshake
            ? !state.Joiner.IsInside && (!HandshakeJoiner.LooksLikeMessage(record.Fragment.Span) || isFinished)
            : record.Fragment.Length > 2 && (record.Type == ContentType.ChangeCipherSpec || record.Type == ContentType.Alert);
        // Behind a gap the tracker changes keys, and tries them.
        if (isOdd && (state.Lost == 0 || !_tracker.HasServerHello)) state.Epoch = Epoch.Application;
        return isOdd;
    }

    private void OnPlain(Direction direction, TlsRecord record, long number)
    {
        _log.Add(direction, record, number, isProtected: false, opened: null);
        OnContent(direction, record.Type, record.Fragment, isProtected: false, record.At);
    }

    private void OnProtected(Direction direction, DirectionState state, TlsRecord record, long number)
    {
        var totals = _log.Of(direction);
        var opened = _tracker.Open(state, record, direction);
        DecodingLog.Count(totals, opened);
        var isInflated = state.Inflation is null || Inflate(direction, state.Inflation, record, ref opened);
        if (IsUneventful(state, record, opened, out var octets) && !_log.HasRoomForApplicationData(totals, octets)) return;

        _log.Add(direction, record, number, isProtected: true, opened);
        if (opened is { IsReadable: true } plain && isInflated && !_tracker.IsCompressed)
        {
            OnContent(direction, new(plain.ContentType), plain.Content, isProtected: true, record.At);
            return;
        }
        _log.Add(new EncryptedEvent(direction, record.At, record.Type, record.Fragment.Length));
        if (opened is { IsReadable: false } && !state.HasFailed && state.Epoch != Epoch.Early)
        {
            state.HasFailed = true;
            _log.Fault(direction, new(WireFaultKind.Undecipherable, "fragment",
                TlsRecord.HeaderLength, state.HasGap ? FaultOwner.CutCapture : FaultOwner.Decoder,
                $"Expected a record that the logged secret opens. Got: {FailureWords.Of(opened.Value)}"), record.Fragment, record.At);
        }
    }

    // RFC 3749, Section 2: what is protected was compressed before.
    private bool Inflate(Direction direction, RecordInflation inflation, TlsRecord record, ref OpenedRecord? opened)
    {
        var wasBroken = inflation.IsBroken;
        if (opened is not { IsReadable: true } plain || StateOf(direction).HasGap) inflation.Break();
        else if (inflation.Inflate(plain.Content) is { } content) opened = plain with { Content = content };
        else if (!wasBroken)
        {
            _log.Fault(direction, new(WireFaultKind.IllegalValue, "TLSCompressed.fragment", TlsRecord.HeaderLength,
                FaultOwner.Peer,
                "Expected a part of a zlib stream that holds at most 2^14 octets. Got: something else"),
                plain.Content, record.At);
        }
        return !inflation.IsBroken;
    }

    // Application data, opened without a doubt, closed for want of a secret, or closed like others before it: there may
    // be gigabytes of it.
    private static bool IsUneventful(DirectionState state, TlsRecord record, OpenedRecord? opened, out int octets)
    {
        octets = opened is { IsReadable: true } ? opened.Value.Content.Length : record.Fragment.Length;
        return record.Type == ContentType.ApplicationData
            && (opened is not { } plain
                || !plain.IsReadable && state.HasFailed
                || plain is { IsReadable: true, ExtraPaddingBlocks: 0 }
                && new ContentType(plain.ContentType) == ContentType.ApplicationData);
    }

    private void OnContent(
        Direction direction, ContentType type, ReadOnlyMemory<byte> content, bool isProtected, FrameStamp at)
    {
        var state = StateOf(direction);
        if (type == ContentType.Handshake)
        {
            state.Joiner.Add(content);
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
            _log.Add(new ChangeCipherSpecEvent(direction, at));
            if (content.Length != 1 || content.Span[0] != 1)
                Fault(direction, new(
                    WireFaultKind.IllegalValue, "change_cipher_spec", TlsRecord.HeaderLength, FaultOwner.Peer,
                    $"Expected 01. Got: {Convert.ToHexStringLower(content.Span[..Math.Min(content.Length, 8)])}"), at);
            state.HasChangedCipher = true;
            _tracker.OnChangeCipherSpec(direction);
        }
        else if (type == ContentType.ApplicationData)
        {
            _log.Add(new ApplicationDataEvent(direction, at, content, IsEarly: state.Epoch == Epoch.Early));
        }
        else if (type == ContentType.Heartbeat)
        {
            var (message, length, fault) = HeartbeatReader.Read(content);
            _log.Add(new HeartbeatEvent(direction, at, message, length, content.Length, isProtected));
            if (fault is not null) _log.Fault(direction, fault, content, at);
        }
        else
        {
            _log.Fault(direction, new(WireFaultKind.Unexpected, "type", 0, FaultOwner.Peer,
                $"Expected a content type of TLS. Got: {type}"), content, at);
        }
    }

    private void OnAlerts(Direction direction, ReadOnlyMemory<byte> content, bool isProtected, FrameStamp at)
    {
        // An end that lost track of the keys sends ciphertext where the other still reads plain text.
        if (!isProtected && content.Length > 2 && !new AlertLevel(content.Span[0]).IsKnown)
        {
            _log.Add(new EncryptedEvent(direction, at, ContentType.Alert, content.Length));
            return;
        }
        var reader = new WireReader(content, offset: TlsRecord.HeaderLength);
        do
        {
            var alert = Alert.Read(ref reader);
            if (reader.Fault is { } fault) _log.Fault(direction, fault, content, at);
            else _log.Add(new AlertEvent(direction, at, alert, isProtected));
        }
        while (reader.More);
    }

    private void OnMessage(
        Direction direction, ReadOnlyMemory<byte> bytes, bool isProtected, FrameStamp at, FaultOwner cut)
    {
        var message = HandshakeMessage.Read(bytes, _tracker.Context, cut);
        _log.Add(message);
        _tracker.BeforeMessage(direction, message);
        _log.Add(new HandshakeEvent(direction, at, message, isProtected, _tracker.Handshake));
        _tracker.AfterMessage(direction, message);
        if (message.Type == HandshakeType.ServerHello) FlushEarly();
    }

    private void FlushEarly()
    {
        if (_early.Count == 0) return;
        _tracker.StopAwaiting();
        var records = _early.ToArray();
        _early.Clear();
        _earlyOctets = 0;
        foreach (var (record, number, lost) in records) OnRecord(Direction.ClientToServer, _client, record, number, lost);
        _log.IsOutOfOrder = true;
    }

    private void CutMessage(Direction direction, FaultOwner owner, FrameStamp at)
    {
        if (StateOf(direction).Joiner.TakeRest() is { } rest)
            OnMessage(direction, rest, isProtected: StateOf(direction).Epoch != Epoch.Plain, at, owner);
    }

    private void ReadSslV2(Direction direction, TlsRecord record, long number)
    {
        _log.Add(direction, record, number, isProtected: false, opened: null);
        var reader = new WireReader(record.Fragment);
        HandshakeBody hello = direction == Direction.ClientToServer
            ? SslV2ClientHello.Read(ref reader)
            : SslV2ServerHello.Read(ref reader);
        var type = direction == Direction.ClientToServer ? HandshakeType.ClientHello : HandshakeType.ServerHello;
        var message = new HandshakeMessage(type, record.Fragment, hello, reader.Fault);
        _log.Add(new HandshakeEvent(direction, record.At, message, IsProtected: false, Handshake: 0));
        _tracker.AfterMessage(direction, message);
    }

    private void ReadSslV2Error(TlsRecord record, long number, SslV2ErrorEvent error)
    {
        _log.Add(error.Direction, record, number, isProtected: false, opened: null);
        _log.Add(error);
    }

    // What follows the hellos of SSL 2.0 is not read: nothing that is still in use speaks it.
    private void CountSslV2(Direction direction, TlsRecord record, long number)
    {
        var totals = _log.Of(direction);
        totals.ProtectedRecords++;
        if (!_log.HasRoomForApplicationData(totals, record.Fragment.Length)) return;
        _log.Add(direction, record, number, isProtected: true, opened: null);
        _log.Add(new EncryptedEvent(direction, record.At, record.Type, record.Fragment.Length));
    }

    private void OnRecordFault(Direction direction, WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        var state = StateOf(direction);
        // What there is of a cut plain handshake record is still worth reading.
        if (fault.Kind == WireFaultKind.Truncated && state.Epoch == Epoch.Plain && bytes.Length > TlsRecord.HeaderLength
            && new ContentType(bytes.Span[0]) == ContentType.Handshake)
        {
            state.Joiner.Add(bytes[TlsRecord.HeaderLength..]);
            while (state.Joiner.Next() is { } message) OnMessage(direction, message, isProtected: false, at, FaultOwner.Peer);
            CutMessage(direction, fault.Owner, at);
        }
        _log.Fault(direction, fault, bytes, at);
    }

    private sealed class RecordSink(DecodingEngine engine, Direction direction) : IRecordSink
    {
        public void Record(TlsRecord record) => engine.OnRecord(direction, record);

        public void Fault(WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at) =>
            engine.OnRecordFault(direction, fault, bytes, at);
    }
}
