using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding.ClearText;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>One thing that happened on a connection, in the order of the capture.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="At">The frame that completed it.</param>
public abstract record ConnectionEvent(Direction Direction, FrameStamp At)
{
    /// <summary>
    /// What a later stage found out about it, for the snapshot: <c>verify_data ok</c>. Null if nothing.
    /// </summary>
    public string? Remark { get; set; }

    /// <summary>The record of its direction that completed it, from 1; 0 if no record was complete before it.</summary>
    public long RecordNumber { get; internal set; }
}

/// <summary>
/// What an end said before TLS began, or without it: a line without its end, or a binary message in one readable line.
/// Passwords are masked.
/// </summary>
public sealed record ClearTextEvent(Direction Direction, FrameStamp At, string Line) : ConnectionEvent(Direction, At)
{
    /// <summary>What was said.</summary>
    public string Line { get; internal set; } = Line;

    /// <summary>Octets that it had on the wire, its line end included.</summary>
    public long Octets { get; internal set; }

    /// <summary>What it means for the way to TLS.</summary>
    public ClearTextMeaning Meaning { get; init; }

    /// <summary>Name of the protocol, as far as it was recognised by then: <c>SMTP</c>.</summary>
    public string? Protocol { get; init; }
}

/// <summary>A handshake message that could be read.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="At">The frame that completed it.</param>
/// <param name="Message">The message.</param>
/// <param name="IsProtected">True if it came encrypted.</param>
/// <param name="Handshake">Which handshake of the connection it belongs to, from 0; above it renegotiations.</param>
public sealed record HandshakeEvent(
    Direction Direction, FrameStamp At, HandshakeMessage Message, bool IsProtected, int Handshake)
    : ConnectionEvent(Direction, At);

/// <summary>A ChangeCipherSpec. In TLS 1.3 it means nothing.</summary>
public sealed record ChangeCipherSpecEvent(Direction Direction, FrameStamp At) : ConnectionEvent(Direction, At);

/// <summary>An alert that could be read.</summary>
public sealed record AlertEvent(Direction Direction, FrameStamp At, Alert Alert, bool IsProtected)
    : ConnectionEvent(Direction, At);

/// <summary>A heartbeat that could be read. If its length is not true, a fault says so.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="At">The frame that completed it.</param>
/// <param name="MessageType">1 for a request, 2 for a response; others are to be ignored.</param>
/// <param name="PayloadLength">Octets of payload, as it says itself.</param>
/// <param name="Octets">Octets that it has in truth, header and padding included.</param>
/// <param name="IsProtected">True if it came encrypted.</param>
/// <remarks>RFC 6520, Section 4.</remarks>
public sealed record HeartbeatEvent(
    Direction Direction, FrameStamp At, byte MessageType, int PayloadLength, int Octets, bool IsProtected)
    : ConnectionEvent(Direction, At)
{
    /// <summary>The least octets behind the payload.</summary>
    internal const int LeastPadding = 16;

    internal bool IsRequest => MessageType == 1;

    internal bool IsRequestOrResponse => MessageType is 1 or 2;

    /// <summary>Octets behind type and length: payload and padding; negative if not even these are whole.</summary>
    internal int Room => Octets - 3;

    /// <summary>True if it says that it holds more payload than it does.</summary>
    internal bool HasTooLittlePayload => PayloadLength > Room;
}

/// <summary>The decrypted content of one application data record.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="At">The frame that completed it.</param>
/// <param name="Content">The content.</param>
/// <param name="IsEarly">True for early data of TLS 1.3.</param>
public sealed record ApplicationDataEvent(
    Direction Direction, FrameStamp At, ReadOnlyMemory<byte> Content, bool IsEarly)
    : ConnectionEvent(Direction, At);

/// <summary>A protected record that stays closed, because its secret is not at hand or does not fit.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="At">The frame that completed it.</param>
/// <param name="Type">Content type of the header.</param>
/// <param name="Length">Octets of the fragment as sent.</param>
public sealed record EncryptedEvent(Direction Direction, FrameStamp At, ContentType Type, int Length)
    : ConnectionEvent(Direction, At);

/// <summary>Something that could not be read.</summary>
public sealed record FaultEvent(Direction Direction, FrameStamp At, WireFault Fault, ReadOnlyMemory<byte> Bytes)
    : ConnectionEvent(Direction, At);

/// <summary>Octets that the capture does not hold.</summary>
public sealed record GapEvent(Direction Direction, FrameStamp At, long Length) : ConnectionEvent(Direction, At)
{
    /// <summary>
    /// The first frame in which they may have been. <see cref="ConnectionEvent.At"/> is the one that showed that they
    /// don't come any more; what answers them may stand in between.
    /// </summary>
    internal long Since { get => field > 0 ? field : At.Number; init; }

    /// <summary>The first frame in which octets may be missing; null if none are.</summary>
    internal static long? First(IEnumerable<ConnectionEvent> events) =>
        events.OfType<GapEvent>().Min(gap => (long?)gap.Since);
}

/// <summary>A segment did what a well-behaved connection doesn't.</summary>
public sealed record AnomalyEvent(Direction Direction, FrameStamp At, SegmentAnomaly Anomaly)
    : ConnectionEvent(Direction, At);

/// <summary>A FIN or RST.</summary>
public sealed record EndEvent(Direction Direction, FrameStamp At, ConnectionEnd End) : ConnectionEvent(Direction, At);
