using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>Tells from the first captured segment of a connection which end is the client.</summary>
internal static class ClientRole
{
    // RFC 8446, Sections 4 and 5.1: handshake record, version 3.x, length, then the type of the message.
    private const byte HandshakeRecord = 22;
    private const int MessageTypeAt = 5;
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;

    public static bool IsSender(in TcpSegment segment)
    {
        if (segment.Has(TcpFlags.Syn)) return !segment.Has(TcpFlags.Ack);
        var payload = segment.Payload;
        if (payload.Length > MessageTypeAt && payload[0] == HandshakeRecord && payload[1] == 3)
        {
            if (payload[MessageTypeAt] == ClientHello) return true;
            if (payload[MessageTypeAt] == ServerHello) return false;
        }
        return segment.Source.Port == segment.Destination.Port || segment.Source.Port > segment.Destination.Port;
    }
}
