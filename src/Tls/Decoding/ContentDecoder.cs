using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>
/// Turns the plain content of records into events: messages, alerts, changes of keys, application data.
/// </summary>
/// <param name="log">Where they go.</param>
/// <param name="tracker">What messages mean for those behind them.</param>
internal sealed class ContentDecoder(DecodingLog log, HandshakeTracker tracker)
{
    /// <summary>The plain content of the next record.</summary>
    public void Take(
        Direction direction, ContentType type, ReadOnlyMemory<byte> content, bool isProtected, FrameStamp at)
    {
        var state = tracker.StateOf(direction);
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
            log.Add(new ChangeCipherSpecEvent(direction, at));
            if (content.Length != 1 || content.Span[0] != 1)
                log.Fault(direction, new(
                    WireFaultKind.IllegalValue, "change_cipher_spec", TlsRecord.HeaderLength, FaultOwner.Peer,
                    $"Expected 01. Got: {Convert.ToHexStringLower(content.Span[..Math.Min(content.Length, 8)])}"),
                    default, at);
            state.HasChangedCipher = true;
            tracker.OnChangeCipherSpec(direction);
        }
        else if (type == ContentType.ApplicationData)
        {
            log.Add(new ApplicationDataEvent(direction, at, content, IsEarly: state.Epoch == Epoch.Early));
        }
        else if (type == ContentType.Heartbeat)
        {
            var (message, length, fault) = HeartbeatReader.Read(content);
            log.Add(new HeartbeatEvent(direction, at, message, length, content.Length, isProtected));
            if (fault is not null) log.Fault(direction, fault, content, at);
        }
        else
        {
            log.Fault(direction, new(WireFaultKind.Unexpected, "type", 0, FaultOwner.Peer,
                $"Expected a content type of TLS. Got: {type}"), content, at);
        }
    }

    private void OnAlerts(Direction direction, ReadOnlyMemory<byte> content, bool isProtected, FrameStamp at)
    {
        // An end that lost track of the keys sends ciphertext where the other still reads plain text.
        if (!isProtected && content.Length > 2 && !new AlertLevel(content.Span[0]).IsKnown)
        {
            log.Add(new EncryptedEvent(direction, at, ContentType.Alert, content.Length));
            return;
        }
        var reader = new WireReader(content, offset: TlsRecord.HeaderLength);
        do
        {
            var alert = Alert.Read(ref reader);
            if (reader.Fault is { } fault) log.Fault(direction, fault, content, at);
            else log.Add(new AlertEvent(direction, at, alert, isProtected));
        }
        while (reader.More);
    }

    private void OnMessage(
        Direction direction, ReadOnlyMemory<byte> bytes, bool isProtected, FrameStamp at, FaultOwner cut)
    {
        var message = HandshakeMessage.Read(bytes, tracker.Context, cut);
        log.Add(message);
        tracker.BeforeMessage(direction, message);
        log.Add(new HandshakeEvent(direction, at, message, isProtected, tracker.Handshake));
        tracker.AfterMessage(direction, message);
    }

    /// <summary>A message that has begun is not completed.</summary>
    public void CutMessage(Direction direction, FaultOwner owner, FrameStamp at)
    {
        if (tracker.StateOf(direction).Joiner.TakeRest() is { } rest)
            OnMessage(direction, rest, isProtected: tracker.StateOf(direction).Epoch != Epoch.Plain, at, owner);
    }

    /// <summary>Octets that are no complete record.</summary>
    public void TakeBroken(Direction direction, WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        var state = tracker.StateOf(direction);
        // What there is of a cut plain handshake record is still worth reading.
        if (fault.Kind == WireFaultKind.Truncated && state.Epoch == Epoch.Plain && bytes.Length > TlsRecord.HeaderLength
            && new ContentType(bytes.Span[0]) == ContentType.Handshake)
        {
            state.Joiner.Add(bytes[TlsRecord.HeaderLength..]);
            while (state.Joiner.Next() is { } message)
                OnMessage(direction, message, isProtected: false, at, FaultOwner.Peer);
            CutMessage(direction, fault.Owner, at);
        }
        log.Fault(direction, fault, bytes, at);
    }
}
