using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>Opens records with the keys of their time, and hands on what is in them.</summary>
/// <param name="log">Where records go, and those that stay closed.</param>
/// <param name="tracker">Knows the keys.</param>
/// <param name="content">Takes what is in them.</param>
internal sealed class RecordDecoder(DecodingLog log, HandshakeTracker tracker, ContentDecoder content)
{
    /// <summary>The next record of a direction.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="record">The record.</param>
    /// <param name="number">Its number in its direction, from 1.</param>
    /// <param name="lost">Octets that were lost before it.</param>
    public void Take(Direction direction, TlsRecord record, long number, long lost)
    {
        var state = tracker.StateOf(direction);
        state.Lost += lost;
        log.Begin(direction, number);
        // RFC 8446, Appendix D.4: behind a HelloRetryRequest ChangeCipherSpec may come before the second ClientHello.
        if (!tracker.HasHello && state.Epoch == Epoch.Application && record.Type == ContentType.Handshake
            && HandshakeJoiner.IsClientHello(record.Fragment.Span))
        {
            state.Epoch = Epoch.Plain;
        }
        if (record.IsSslV2 && SslV2ErrorEvent.Read(direction, record.At, record.Fragment.Span) is { } error)
            ReadSslV2Error(record, number, error);
        else if (record.IsSslV2 && number == 1) ReadSslV2(direction, record, number);
        else if (record.IsSslV2) CountSslV2(direction, record, number);
        else if (tracker.IsProtected(state, record.Type) || SeemsProtected(state, record))
            OnProtected(direction, state, record, number);
        else OnPlain(direction, record, number);
    }

    // Where octets are missing, or the beginning, keys may have changed unseen: a message that makes no sense is
    // closed.
    private bool SeemsProtected(DirectionState state, TlsRecord record)
    {
        var isCertain = !tracker.HasGap && !(state.HasChangedCipher && !tracker.HasServerHello)
            && tracker.HasHello;
        if (isCertain || state.Epoch != Epoch.Plain || tracker.Context.Version.IsTls13) return false;
        // RFC 5246, Section 7.4.9: Finished is never plain, though a suite without a cipher leaves it readable.
        var isFinished = state.Lost > 0 && !record.Fragment.IsEmpty
            && record.Fragment.Span[0] == HandshakeType.Finished.Code;
        var isOdd = record.Type == ContentType.Handshake
            ? !state.Joiner.IsInside && (!HandshakeJoiner.LooksLikeMessage(record.Fragment.Span) || isFinished)
            : record.Fragment.Length > 2
                && (record.Type == ContentType.ChangeCipherSpec || record.Type == ContentType.Alert);
        // Behind a gap the tracker changes keys, and tries them.
        if (isOdd && (state.Lost == 0 || !tracker.HasServerHello)) state.Epoch = Epoch.Application;
        return isOdd;
    }

    private void OnPlain(Direction direction, TlsRecord record, long number)
    {
        log.Add(direction, record, number, isProtected: false, opened: null);
        content.Take(direction, record.Type, record.Fragment, isProtected: false, record.At);
    }

    private void OnProtected(Direction direction, DirectionState state, TlsRecord record, long number)
    {
        var totals = log.Of(direction);
        var opened = tracker.Open(state, record, direction);
        DecodingLog.Count(totals, opened);
        var isInflated = state.Inflation is null || Inflate(direction, state.Inflation, record, ref opened);
        if (IsUneventful(state, record, opened, out var octets)
            && !log.HasRoomForApplicationData(totals, octets)) return;

        log.Add(direction, record, number, isProtected: true, opened);
        if (opened is { IsReadable: true } plain && isInflated && !tracker.IsCompressed)
        {
            content.Take(direction, new(plain.ContentType), plain.Content, isProtected: true, record.At);
            return;
        }
        log.Add(new EncryptedEvent(direction, record.At, record.Type, record.Fragment.Length));
        if (opened is { IsReadable: false } && !state.HasFailed && state.Epoch != Epoch.Early)
        {
            state.HasFailed = true;
            log.Fault(direction, new(WireFaultKind.Undecipherable, "fragment",
                TlsRecord.HeaderLength, state.HasGap ? FaultOwner.CutCapture : FaultOwner.Decoder,
                $"Expected a record that the logged secret opens. Got: {FailureWords.Of(opened.Value)}"),
                record.Fragment, record.At);
        }
    }

    // RFC 3749, Section 2: what is protected was compressed before.
    private bool Inflate(Direction direction, RecordInflation inflation, TlsRecord record, ref OpenedRecord? opened)
    {
        var wasBroken = inflation.IsBroken;
        if (opened is not { IsReadable: true } plain || tracker.StateOf(direction).HasGap) inflation.Break();
        else if (inflation.Inflate(plain.Content) is { } content) opened = plain with { Content = content };
        else if (!wasBroken)
        {
            log.Fault(direction, new(WireFaultKind.IllegalValue, "TLSCompressed.fragment", TlsRecord.HeaderLength,
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

    private void ReadSslV2(Direction direction, TlsRecord record, long number)
    {
        log.Add(direction, record, number, isProtected: false, opened: null);
        var reader = new WireReader(record.Fragment);
        HandshakeBody hello = direction == Direction.ClientToServer
            ? SslV2ClientHello.Read(ref reader)
            : SslV2ServerHello.Read(ref reader);
        var type = direction == Direction.ClientToServer ? HandshakeType.ClientHello : HandshakeType.ServerHello;
        var message = new HandshakeMessage(type, record.Fragment, hello, reader.Fault);
        log.Add(new HandshakeEvent(direction, record.At, message, IsProtected: false, Handshake: 0));
        tracker.AfterMessage(direction, message);
    }

    private void ReadSslV2Error(TlsRecord record, long number, SslV2ErrorEvent error)
    {
        log.Add(error.Direction, record, number, isProtected: false, opened: null);
        log.Add(error);
    }

    // What follows the hellos of SSL 2.0 is not read: nothing that is still in use speaks it.
    private void CountSslV2(Direction direction, TlsRecord record, long number)
    {
        var totals = log.Of(direction);
        totals.ProtectedRecords++;
        if (!log.HasRoomForApplicationData(totals, record.Fragment.Length)) return;
        log.Add(direction, record, number, isProtected: true, opened: null);
        log.Add(new EncryptedEvent(direction, record.At, record.Type, record.Fragment.Length));
    }
}
