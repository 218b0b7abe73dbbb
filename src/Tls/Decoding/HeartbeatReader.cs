using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>Reads what a heartbeat says of itself, and whether it is true.</summary>
/// <remarks>RFC 6520, Section 4.</remarks>
internal static class HeartbeatReader
{
    private const int LeastPadding = HeartbeatEvent.LeastPadding;
    private const int PayloadAt = 3;
    private const byte Request = 1;

    /// <summary>Reads one; a fault if its length does not fit.</summary>
    public static (byte Type, int PayloadLength, WireFault? Fault) Read(ReadOnlyMemory<byte> content)
    {
        // struct { HeartbeatMessageType type; uint16 payload_length; opaque payload[payload_length];
        //          opaque padding[padding_length]; } HeartbeatMessage;
        var reader = new WireReader(content, offset: TlsRecord.HeaderLength);
        var type = reader.U8("type");
        var length = reader.U16("payload_length");
        if (reader.Fault is { } fault) return (type, length, fault);

        var room = content.Length - PayloadAt;
        if (length > room)
        {
            var whoBelieves = type == Request
                ? $". Who believes it answers with {length - room} octets of its memory (Heartbleed, CVE-2014-0160)"
                : "";
            return (type, length, Misfit(
                $"Expected at most {room} octets of payload in this heartbeat. "
                + $"Got: payload_length {length}{whoBelieves}"));
        }
        return (type, length, length <= room - LeastPadding
            ? null
            : Misfit($"Expected at least {LeastPadding} octets of padding behind the payload. Got: {room - length}"));
    }

    private static WireFault Misfit(string detail) => new(
        WireFaultKind.LengthOutOfRange, "payload_length", TlsRecord.HeaderLength + 1, FaultOwner.Peer, detail);
}
