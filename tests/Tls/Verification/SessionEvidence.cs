using System.Buffers.Binary;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>
/// Decodes recorded sessions, whole or changed in one place. A frame is the number of the segment, from 1.
/// </summary>
internal static class SessionEvidence
{
    public static DecodedConnection Decode(RecordedSession session, KeyLog? keyLog, int corruptedFrame = 0)
    {
        var decoder = new ConnectionDecoder();
        for (var index = 0; index < session.Segments.Count; index++)
        {
            var (from, bytes) = session.Segments[index];
            byte[] sent = [.. bytes];
            if (index + 1 == corruptedFrame) sent[^1] ^= 1;
            decoder.Data(from, sent, new FrameStamp(index + 1, 0));
        }
        return decoder.Decode(keyLog);
    }

    /// <summary>A session as it was recorded.</summary>
    public static Evidence Of(string name)
    {
        var session = RecordedSession.Load(name);
        return new Evidence(Decode(session, session.KeyLog), session.KeyLog);
    }

    /// <summary>A session with other events: some left out, added or in another order.</summary>
    public static Evidence WithEvents(
        string name, Func<IReadOnlyList<ConnectionEvent>, IEnumerable<ConnectionEvent>> change)
    {
        var session = RecordedSession.Load(name);
        var connection = Decode(session, session.KeyLog);
        return new Evidence(
            new DecodedConnection([.. change(connection.Events)], connection.Records), session.KeyLog);
    }

    /// <summary>A session in which some messages say something else.</summary>
    public static Evidence With(string name, Func<HandshakeEvent, HandshakeBody?> change) =>
        WithEvents(name, events => events.Select(item => Changed(item, change)));

    /// <summary>The same with other messages.</summary>
    public static Evidence With(Evidence evidence, Func<HandshakeEvent, HandshakeBody?> change) =>
        WithEvents(evidence, events => events.Select(item => Changed(item, change)));

    /// <summary>The same with other events.</summary>
    public static Evidence WithEvents(
        Evidence evidence, Func<IReadOnlyList<ConnectionEvent>, IEnumerable<ConnectionEvent>> change) =>
        new(new DecodedConnection([.. change(evidence.Connection.Events)], evidence.Connection.Records),
            evidence.KeyLog);

    /// <summary>The same with an alert behind all else.</summary>
    public static Evidence WithAlert(Evidence evidence, Direction from, byte level, byte description) =>
        WithEvents(evidence, events => [.. events, Alert(from, level, description)]);

    /// <summary>An alert in a late frame.</summary>
    public static AlertEvent Alert(Direction from, byte level, byte description) => new(
        from, new FrameStamp(1000, 0), new Alert(new AlertLevel(level), new AlertDescription(description)),
            IsProtected: true);

    /// <summary>A session with other records; the events stay as they are.</summary>
    public static Evidence WithRecords(
        string name, Func<IReadOnlyList<DecodedRecord>, IEnumerable<DecodedRecord>> change)
    {
        var session = RecordedSession.Load(name);
        var connection = Decode(session, session.KeyLog);
        return new Evidence(
            new DecodedConnection(connection.Events, [.. change(connection.Records)]), session.KeyLog);
    }

    /// <summary>A session with other outcomes of opening its records.</summary>
    public static Evidence WithOpened(string name, Func<DecodedRecord, OpenedRecord?> change) =>
        WithRecords(name, records => records.Select(
            record => record.IsProtected ? record with { Opened = change(record) } : record));

    /// <summary>A session in which messages and outcomes are changed.</summary>
    public static Evidence With(
        string name, Func<HandshakeEvent, HandshakeBody?> change, Func<DecodedRecord, OpenedRecord?> opened)
    {
        var (messages, records) = (With(name, change), WithOpened(name, opened));
        return new Evidence(
            new DecodedConnection(messages.Connection.Events, records.Connection.Records), messages.KeyLog);
    }

    /// <summary>A session whose records are changed before they are decoded: others, fewer or more.</summary>
    public static Evidence WithWire(
        string name, Func<IReadOnlyList<RecordedSession.Record>, IEnumerable<RecordedSession.Record>> change)
    {
        var session = RecordedSession.Load(name);
        var decoder = new ConnectionDecoder();
        var frame = 0;
        foreach (var (from, type, version, fragment) in change(session.Records))
        {
            byte[] header =
                [type, (byte)(version >> 8), (byte)version, (byte)(fragment.Length >> 8), (byte)fragment.Length];
            decoder.Data(from, [.. header, .. fragment], new FrameStamp(++frame, 0));
        }
        return new Evidence(decoder.Decode(session.KeyLog), session.KeyLog);
    }

    /// <summary>Octets as they went over the wire, each piece in a frame of its own, without secrets.</summary>
    public static Evidence OfBytes(params (Direction From, byte[] Bytes)[] segments) => OfBytes(segments, closer: null);

    /// <summary>The same, and then a FIN of one end.</summary>
    public static Evidence OfBytes((Direction From, byte[] Bytes)[] segments, Direction? closer)
    {
        var decoder = new ConnectionDecoder();
        for (var index = 0; index < segments.Length; index++)
            decoder.Data(segments[index].From, segments[index].Bytes, new FrameStamp(index + 1, 0));
        if (closer is { } end) decoder.End(end, ConnectionEnd.Fin, new FrameStamp(segments.Length + 1, 0));
        return new Evidence(decoder.Decode(), null);
    }

    /// <summary>Ids of the rules that a changed session breaks, those that only take note left aside.</summary>
    public static IEnumerable<string> Broken(string name, Func<HandshakeEvent, HandshakeBody?> change) =>
        Ids(With(name, change));

    /// <summary>Ids of the rules that a session with other outcomes of opening its records breaks.</summary>
    public static IEnumerable<string> Broken(string name, Func<DecodedRecord, OpenedRecord?> change) =>
        Ids(WithOpened(name, change));

    /// <summary>What is found, except for notes: those are about what is old or unusual in healthy sessions
    /// too.</summary>
    public static IReadOnlyList<Finding> WithoutNotes(IEnumerable<Finding> findings) =>
        [.. findings.Where(finding => finding.Severity != Severity.Note)];

    private static IEnumerable<string> Ids(Evidence evidence) =>
        WithoutNotes(Rules.Findings(evidence)).Select(finding => finding.RuleId);

    /// <summary>
    /// The list with one more extension at its end, which takes the place of those of its type if asked to.
    /// </summary>
    public static ExtensionList With(
        ExtensionList list, ExtensionType type, ExtensionPlace place, byte[] data, bool replaces = false)
    {
        var kept = list.Where(item => !replaces || item.Type != type)
            .Select(item => (item.Type, Data: item.Data.ToArray()));
        var bytes = new List<byte>();
        foreach (var (eachType, eachData) in kept.Append((type, data)))
        {
            AddU16(bytes, eachType.Code);
            AddU16(bytes, eachData.Length);
            bytes.AddRange(eachData);
        }
        var whole = new List<byte>();
        AddU16(whole, bytes.Count);
        whole.AddRange(bytes);
        var reader = new WireReader(whole.ToArray());
        return ExtensionList.Read(ref reader, place);
    }

    private static ConnectionEvent Changed(ConnectionEvent item, Func<HandshakeEvent, HandshakeBody?> change) =>
        item is HandshakeEvent handshake && change(handshake) is { } body
            ? handshake with { Message = handshake.Message with { Body = body } }
            : item;

    private static void AddU16(List<byte> bytes, int value)
    {
        Span<byte> octets = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)value);
        bytes.AddRange(octets);
    }
}
