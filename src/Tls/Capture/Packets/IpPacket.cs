using System.Buffers.Binary;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>
/// The headers of an IPv4 or IPv6 packet and what follows them. Checksums are not looked at: offloading leaves them
/// wrong.
/// </summary>
public readonly ref struct IpPacket
{
    private IpPacket(
        UInt128 source,
        UInt128 destination,
        byte protocol,
        ReadOnlySpan<byte> payload,
        int payloadLength,
        bool isFragment)
    {
        Source = source;
        Destination = destination;
        Protocol = protocol;
        Payload = payload;
        PayloadLength = payloadLength;
        IsFragment = isFragment;
    }

    /// <summary>Sender, as in <see cref="TcpEndPoint.Address"/>.</summary>
    public UInt128 Source { get; }

    /// <summary>Receiver, as in <see cref="TcpEndPoint.Address"/>.</summary>
    public UInt128 Destination { get; }

    /// <summary>Protocol number of the payload: 6 is TCP.</summary>
    public byte Protocol { get; }

    /// <summary>What was captured of the payload, without padding of the link.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Octets that the payload had on the wire.</summary>
    public int PayloadLength { get; }

    /// <summary>
    /// True if the payload is only a piece of the packet's. Putting pieces together would happen between this type and
    /// the next.
    /// </summary>
    public bool IsFragment { get; }

    /// <summary>Reads the IP packet of a frame.</summary>
    /// <returns><see cref="FrameContent.Tcp"/> stands for "an IP packet" here; else why there is none.</returns>
    internal static FrameContent Read(in FrameHeader header, ReadOnlySpan<byte> frame, out IpPacket packet)
    {
        packet = default;
        var offset = LinkHeader.Skip(header.LinkType, frame, out var carried);
        if (offset < 0 || offset >= frame.Length || carried <= 0) return FrameContent.NotInternet;
        var onWire = Math.Min(Math.Max(header.OriginalLength, frame.Length) - offset, carried);
        var bytes = frame[offset..];
        if (bytes.Length > onWire) bytes = bytes[..onWire];
        return (bytes[0] >> 4) switch
        {
            4 => ReadVersion4(bytes, onWire, carried, out packet),
            6 => ReadVersion6(bytes, onWire, out packet),
            _ => FrameContent.NotInternet,
        };
    }

    // RFC 791, Section 3.1
    private static FrameContent ReadVersion4(ReadOnlySpan<byte> bytes, int onWire, int carried, out IpPacket packet)
    {
        packet = default;
        var headerLength = (bytes[0] & 0x0f) * 4;
        if (headerLength < 20 || bytes.Length < headerLength) return FrameContent.Malformed;
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (totalLength == 0) totalLength = onWire; // segmentation offload: the card would have filled it in
        totalLength = Math.Min(totalLength, carried);
        if (totalLength < headerLength) return FrameContent.Malformed;
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        packet = new(
            TcpEndPoint.Mapped(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])),
            TcpEndPoint.Mapped(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])),
            protocol: bytes[9],
            bytes[headerLength..Math.Min(totalLength, bytes.Length)],
            totalLength - headerLength,
            isFragment: (fragment & 0x3fff) != 0);
        return FrameContent.Tcp;
    }

    // RFC 8200, Section 3
    private static FrameContent ReadVersion6(ReadOnlySpan<byte> bytes, int onWire, out IpPacket packet)
    {
        packet = default;
        const int HeaderLength = 40;
        if (bytes.Length < HeaderLength) return FrameContent.Malformed;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length == 0) length = onWire - HeaderLength; // a jumbogram (RFC 2675) or segmentation offload
        var next = bytes[6];
        var payload = bytes[HeaderLength..Math.Min(HeaderLength + length, bytes.Length)];
        var isFragment = false;
        while (ExtensionLength(next, payload) is var extension and not 0)
        {
            if (extension < 0 || extension > payload.Length) return FrameContent.Malformed;
            // RFC 8200, Section 4.5: offset 0 without the M flag is a whole packet (RFC 6946).
            isFragment = next == FragmentHeader && (BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) & 0xfff9) != 0;
            next = payload[0];
            payload = payload[extension..];
            length -= extension;
            if (isFragment) break;
        }
        packet = new(
            BinaryPrimitives.ReadUInt128BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[24..]),
            next,
            payload,
            length,
            isFragment);
        return FrameContent.Tcp;
    }

    private const byte FragmentHeader = 44;

    /// <summary>Octets of the extension header that begins here; 0 if it is none, -1 if it is cut off.</summary>
    private static int ExtensionLength(byte next, ReadOnlySpan<byte> bytes)
    {
        // Hop-by-hop, routing, destination options, mobility, HIP, shim6: RFC 8200, Section 4; RFC 6564, Section 4.
        var isOptions = next is 0 or 43 or 60 or 135 or 139 or 140;
        var isAuthentication = next is 51; // RFC 4302, Section 2.2
        if (!isOptions && !isAuthentication && next != FragmentHeader) return 0;
        if (bytes.Length < 8) return -1;
        return isOptions ? (bytes[1] + 1) * 8 : isAuthentication ? (bytes[1] + 2) * 4 : 8;
    }
}
