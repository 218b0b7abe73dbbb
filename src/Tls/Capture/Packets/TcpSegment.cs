using System.Buffers.Binary;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>A TCP segment with the addresses of its packet.</summary>
/// <remarks>RFC 9293, Section 3.1.</remarks>
public readonly ref struct TcpSegment
{
    private const int MinimumHeaderLength = 20;
    private const byte TcpProtocol = 6;

    public TcpEndPoint Source { get; internal init; }
    public TcpEndPoint Destination { get; internal init; }
    public uint SequenceNumber { get; internal init; }
    public uint AcknowledgmentNumber { get; internal init; }
    public TcpFlags Flags { get; internal init; }

    /// <summary>How many hops its packet may still go.</summary>
    public byte Hops { get; internal init; }

    /// <summary>What was captured of the payload.</summary>
    public ReadOnlySpan<byte> Payload { get; internal init; }

    /// <summary>
    /// Octets that the payload had on the wire: more than <see cref="Payload"/> holds if the frame was cut.
    /// </summary>
    public int PayloadLength { get; internal init; }

    public bool Has(TcpFlags flag) => (Flags & flag) != 0;

    /// <summary>True for the first segment of a client: SYN without ACK.</summary>
    public bool IsOpening => (Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;

    /// <summary>Reads the TCP segment of a frame.</summary>
    /// <returns><see cref="FrameContent.Tcp"/> if there is one; else what the frame holds instead.</returns>
    public static FrameContent Read(in FrameHeader header, ReadOnlySpan<byte> frame, out TcpSegment segment)
    {
        segment = default;
        var content = IpPacket.Read(header, frame, out var packet);
        if (content != FrameContent.Tcp) return content;
        if (packet.IsFragment) return FrameContent.Fragment;
        return Read(packet, out segment);
    }

    /// <summary>Reads the TCP segment of a whole packet.</summary>
    internal static FrameContent Read(scoped in IpPacket packet, out TcpSegment segment)
    {
        segment = default;
        if (packet.Protocol != TcpProtocol) return FrameContent.NotTcp;
        var bytes = packet.Payload;
        if (bytes.Length < MinimumHeaderLength) return FrameContent.Malformed;
        var dataOffset = (bytes[12] >> 4) * 4;
        if (dataOffset < MinimumHeaderLength || dataOffset > packet.PayloadLength) return FrameContent.Malformed;
        segment = new()
        {
            Source = new(packet.Source, BinaryPrimitives.ReadUInt16BigEndian(bytes)),
            Destination = new(packet.Destination, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            SequenceNumber = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            AcknowledgmentNumber = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            Flags = (TcpFlags)bytes[13],
            Hops = packet.Hops,
            Payload = dataOffset < bytes.Length ? bytes[dataOffset..] : default,
            PayloadLength = packet.PayloadLength - dataOffset,
        };
        return FrameContent.Tcp;
    }
}
