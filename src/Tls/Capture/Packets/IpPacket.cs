using System.Buffers.Binary;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>
/// The headers of an IPv4 or IPv6 packet and what follows them. Checksums are not looked at: offloading leaves them
/// wrong.
/// </summary>
public readonly ref struct IpPacket
{
    private const byte FragmentHeader = 44;
    private const byte AuthenticationHeader = 51;

    /// <summary>True for IPv6, false for IPv4.</summary>
    public bool IsVersion6 { get; private init; }

    /// <summary>Sender, as in <see cref="TcpEndPoint.Address"/>.</summary>
    public PackedAddress Source { get; private init; }

    /// <summary>Receiver, as in <see cref="TcpEndPoint.Address"/>.</summary>
    public PackedAddress Destination { get; private init; }

    /// <summary>How many hops it may still go: Time to Live, in IPv6 Hop Limit.</summary>
    public byte Hops { get; private init; }

    /// <summary>
    /// Protocol number of the payload: 6 is TCP. Of a fragment it may be that of an extension header.
    /// </summary>
    public byte Protocol { get; private init; }

    /// <summary>What was captured of the payload, without padding of the link.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Octets that the payload had on the wire.</summary>
    public int PayloadLength { get; private init; }

    /// <summary>Which piece of a payload it is; that of a whole packet says so.</summary>
    public IpFragment Fragment { get; private init; }

    /// <summary>True if the payload is only a piece of the packet's.</summary>
    public bool IsFragment => !Fragment.IsWhole;

    internal IpFragmentKey FragmentKey =>
        new(Source, Destination, Fragment.Identification, IsVersion6 ? (byte)0 : Protocol);

    /// <summary>Reads the IP packet of a frame.</summary>
    /// <returns><see cref="FrameContent.Tcp"/> stands for "an IP packet" here; else why there is none.</returns>
    internal static FrameContent Read(in FrameHeader header, ReadOnlySpan<byte> frame, out IpPacket packet)
    {
        packet = default;
        if (!LinkHeader.TryFind(header.LinkType, frame, out var offset, out var carried) || offset >= frame.Length)
            return FrameContent.NotInternet;
        var onWire = Math.Min(Math.Max(header.OriginalLength, frame.Length) - offset, carried);
        var bytes = frame[offset..];
        if (bytes.Length > onWire) bytes = bytes[..onWire];
        return (bytes[0] >> 4) switch
        {
            4 => ReadVersion4(bytes, onWire, carried, out packet),
            6 => ReadVersion6(bytes, onWire, carried, out packet),
            _ => FrameContent.NotInternet,
        };
    }

    /// <summary>The whole packet that fragments were put together to.</summary>
    /// <param name="piece">Any of them.</param>
    /// <param name="protocol">Protocol that the first one told (RFC 8200, Section 4.5).</param>
    /// <param name="payload">What was captured of the payload from its beginning on.</param>
    /// <param name="length">Octets that the payload had.</param>
    /// <param name="packet">The packet.</param>
    internal static FrameContent Join(
        scoped in IpPacket piece, byte protocol, ReadOnlySpan<byte> payload, int length, out IpPacket packet)
    {
        var whole = piece with { Fragment = new(0, piece.Fragment.Identification, IsLast: true) };
        return whole.SkipExtensions(protocol, payload, length, out packet);
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
        var start = new IpPacket
        {
            Hops = bytes[8],
            Source = PackedAddress.Version4(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])),
            Destination = PackedAddress.Version4(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])),
            Fragment = new(
                (fragment & 0x1fff) * 8, BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), (fragment & 0x2000) == 0),
        };
        var payload = bytes[headerLength..Math.Min(totalLength, bytes.Length)];
        return start.SkipExtensions(bytes[9], payload, totalLength - headerLength, out packet);
    }

    // RFC 8200, Section 3
    private static FrameContent ReadVersion6(ReadOnlySpan<byte> bytes, int onWire, int carried, out IpPacket packet)
    {
        packet = default;
        const int HeaderLength = 40;
        if (bytes.Length < HeaderLength) return FrameContent.Malformed;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length == 0) length = onWire - HeaderLength; // a jumbogram (RFC 2675) or segmentation offload
        length = Math.Min(length, carried - HeaderLength);
        if (length < 0) return FrameContent.Malformed;
        var start = new IpPacket
        {
            IsVersion6 = true,
            Hops = bytes[7],
            Source = PackedAddress.Version6(bytes[8..]),
            Destination = PackedAddress.Version6(bytes[24..]),
            Fragment = new(0, 0, IsLast: true),
        };
        var payload = bytes[HeaderLength..Math.Min(HeaderLength + length, bytes.Length)];
        return start.SkipExtensions(bytes[6], payload, length, out packet);
    }

    // What is behind a fragment header belongs to the whole payload and waits for it.
    private FrameContent SkipExtensions(byte next, ReadOnlySpan<byte> payload, int length, out IpPacket packet)
    {
        packet = default;
        var fragment = Fragment;
        while (fragment.IsWhole && ExtensionLength(next, IsVersion6, payload) is var extension and not 0)
        {
            if (extension < 0 || extension > payload.Length) return FrameContent.Malformed;
            if (next == FragmentHeader)
            {
                // RFC 8200, Section 4.5: next header, reserved, offset in units of eight octets, M flag,
                // identification.
                var place = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
                fragment = new(
                    place & 0xfff8, BinaryPrimitives.ReadUInt32BigEndian(payload[4..]), (place & 1) == 0);
            }
            next = payload[0];
            payload = payload[extension..];
            length -= extension;
        }
        packet = this with { Protocol = next, Payload = payload, PayloadLength = length, Fragment = fragment };
        return FrameContent.Tcp;
    }

    /// <summary>Octets of the extension header that begins here; 0 if it is none, -1 if it is cut off.</summary>
    private static int ExtensionLength(byte next, bool isVersion6, ReadOnlySpan<byte> bytes)
    {
        // Hop-by-hop, routing, destination options, mobility, HIP, shim6: RFC 8200, Section 4; RFC 6564, Section 4.
        var isOptions = isVersion6 && next is 0 or 43 or 60 or 135 or 139 or 140;
        var isAuthentication = next is AuthenticationHeader; // RFC 4302, Section 2.2; of IPv4 too
        if (!isOptions && !isAuthentication && !(isVersion6 && next == FragmentHeader)) return 0;
        if (bytes.Length < 8) return -1;
        return isOptions ? (bytes[1] + 1) * 8 : isAuthentication ? (bytes[1] + 2) * 4 : 8;
    }
}
