using System.Buffers.Binary;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>Finds the network packet behind the link header.</summary>
internal static class LinkHeader
{
    /// <summary>
    /// Octets before the packet, and where the EtherType stands in them; -1: the packet itself tells its version.
    /// </summary>
    private readonly record struct Shape(LinkType LinkType, int Length, int EtherTypeAt);

    // Sources: the LINKTYPE_ registry of tcpdump.org and the pages it links to.
    private static readonly Shape[] Shapes =
    [
        new(LinkType.Ethernet, 14, 12),
        new(LinkType.LinuxCooked, 16, 14),
        new(LinkType.LinuxCooked2, 20, 0),
        new(LinkType.Raw, 0, -1),
        new(LinkType.IPv4, 0, -1),
        new(LinkType.IPv6, 0, -1),
        new(LinkType.Null, 4, -1),
        new(LinkType.Loop, 4, -1),
    ];

    /// <summary>The offset of the IP header, or -1 if the frame holds no IP packet.</summary>
    /// <param name="linkType">What the frame begins with.</param>
    /// <param name="frame">The frame as captured.</param>
    /// <param name="carried">Octets that the link says the packet has, where it says so.</param>
    public static int Skip(LinkType linkType, ReadOnlySpan<byte> frame, out int carried)
    {
        carried = int.MaxValue;
        foreach (ref readonly var shape in Shapes.AsSpan())
        {
            if (shape.LinkType != linkType) continue;
            if (frame.Length < shape.Length) return -1;
            return shape.EtherTypeAt < 0 ? shape.Length : SkipTags(frame, shape.Length, shape.EtherTypeAt, ref carried);
        }
        return -1;
    }

    // IEEE 802.1Q, Clause 9: a tag is two octets after its EtherType, then the next EtherType. 0x9100 came before
    // 802.1ad.
    private static int SkipTags(ReadOnlySpan<byte> frame, int offset, int etherTypeAt, ref int carried)
    {
        var etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[etherTypeAt..]);
        while (etherType is 0x8100 or 0x88a8 or 0x9100)
        {
            if (frame.Length < offset + 4) return -1;
            etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
            offset += 4;
        }
        return etherType switch
        {
            0x0800 or 0x86dd => offset,
            0x8864 => SkipPointToPoint(frame, offset, ref carried),
            _ => -1,
        };
    }

    // RFC 2516, Section 4: six octets of PPPoE, then the protocol number of PPP (RFC 1332, RFC 5072), which its length
    // counts. Some access concentrators send a total length in the IP header that counts Ethernet's padding.
    private static int SkipPointToPoint(ReadOnlySpan<byte> frame, int offset, ref int carried)
    {
        const int Length = 8;
        const int ProtocolLength = 2;
        if (frame.Length < offset + Length) return -1;
        carried = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 4)..]) - ProtocolLength;
        return BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 6)..]) is 0x0021 or 0x0057 ? offset + Length : -1;
    }
}
