using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Records;

namespace TlsInterop.Tls.Verification;

/// <summary>One place where a rule is broken.</summary>
/// <param name="Message">One sentence: what was expected and what was there.</param>
/// <param name="Direction">Who is concerned, or null if that is the connection.</param>
/// <param name="Frame">Frame of the capture that shows it; 0 if there is none.</param>
public readonly record struct RuleHit(string Message, Direction? Direction, long Frame)
{
    /// <summary>A hit in an event.</summary>
    /// <param name="message">What was expected and what was there.</param>
    /// <param name="item">The event.</param>
    /// <param name="part">
    /// For a handshake message: the octets that show it, a slice of the message's, so that their offset is known. All
    /// of the message if it is left out or comes from elsewhere.
    /// </param>
    public RuleHit(string message, ConnectionEvent item, ReadOnlyMemory<byte> part = default)
        : this(message, item.Direction, item.At.Number)
    {
        Event = item;
        (Offset, Bytes) = item switch
        {
            HandshakeEvent { Message.Bytes: var whole } => Place(whole, part, 0),
            AlertEvent { Alert: var alert } =>
                (TlsRecord.HeaderLength, (byte[])[alert.Level.Code, alert.Description.Code]),
            ApplicationDataEvent { Content: var content } => (TlsRecord.HeaderLength, content),
            FaultEvent { Fault: var fault, Bytes: var bytes } => (fault.Offset, bytes),
            _ => ((int?)null, ReadOnlyMemory<byte>.Empty),
        };
    }

    /// <summary>A hit in a record.</summary>
    /// <param name="message">What was expected and what was there.</param>
    /// <param name="record">The record.</param>
    /// <param name="part">
    /// The octets that show it, a slice of its fragment; its header if it is left out or comes from elsewhere.
    /// </param>
    public RuleHit(string message, DecodedRecord record, ReadOnlyMemory<byte> part = default)
        : this(message, record.Direction, record.Record.At.Number)
    {
        Record = record;
        (Offset, Bytes) = part.IsEmpty || !record.Record.Fragment.Span.Overlaps(part.Span)
            ? (0, Header(record.Record))
            : Place(record.Record.Fragment, part, TlsRecord.HeaderLength);
    }

    /// <summary>The event that shows it, or null.</summary>
    public ConnectionEvent? Event { get; }

    /// <summary>The record that shows it, or null.</summary>
    public DecodedRecord? Record { get; }

    /// <summary>Where <see cref="Bytes"/> stand, as <see cref="Finding.Offset"/> counts.</summary>
    public int? Offset { get; }

    /// <summary>The octets that show it, all of them.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    private static (int?, ReadOnlyMemory<byte>) Place(
        ReadOnlyMemory<byte> whole, ReadOnlyMemory<byte> part, int start) =>
        whole.Span.Overlaps(part.Span, out var at) ? (start + at, part) : (start, whole);

    // RFC 8446, Section 5.1
    private static byte[] Header(TlsRecord record) =>
    [
        record.Type.Code,
        (byte)(record.Version.Code >> 8), (byte)record.Version.Code,
        (byte)(record.Fragment.Length >> 8), (byte)record.Fragment.Length,
    ];
}
