using System.Buffers.Binary;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>Finds the network packet behind the link header.</summary>
internal static class LinkHeader
{
    /// <summary>What comes behind the octets of a link header.</summary>
    private enum Next : byte { Packet, EtherType, PointToPoint, PointToPointOverEthernet, CiscoOrPointToPoint }

    /// <summary>Octets of the header, and what follows; an EtherType may stand within.</summary>
    private readonly record struct Shape(LinkType LinkType, int Length, Next Next, int EtherTypeAt = 0);

    // Sources: the LINKTYPE_ registry of tcpdump.org and the pages it links to.
    private static readonly Shape[] Shapes =
    [
        new(LinkType.Ethernet, 14, Next.EtherType, 12),
        new(LinkType.LinuxCooked, 16, Next.EtherType, 14),
        new(LinkType.LinuxCooked2, 20, Next.EtherType, 0),
        new(LinkType.Raw, 0, Next.Packet),
        new(LinkType.RawOfBsd, 0, Next.Packet),
        new(LinkType.IPv4, 0, Next.Packet),
        new(LinkType.IPv6, 0, Next.Packet),
        new(LinkType.Null, 4, Next.Packet),
        new(LinkType.Loop, 4, Next.Packet),
        new(LinkType.PointToPoint, 0, Next.PointToPoint),
        new(LinkType.PointToPointSerial, 0, Next.CiscoOrPointToPoint),
        new(LinkType.PointToPointOverEthernet, 0, Next.PointToPointOverEthernet),
        new(LinkType.CiscoHdlc, 0, Next.CiscoOrPointToPoint),
        new(LinkType.PointToPointWithDirection, 1, Next.PointToPoint),
    ];

    /// <summary>True if frames of a link type are read.</summary>
    public static bool Reads(LinkType linkType) => Array.Exists(Shapes, shape => shape.LinkType == linkType);

    /// <summary>Finds the IP packet of a frame.</summary>
    /// <param name="linkType">What the first octets of the frame are.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="offset">Where the IP header begins.</param>
    /// <param name="carried">
    /// Octets that the link says the packet has, without padding; <see cref="int.MaxValue"/> if it says nothing.
    /// </param>
    /// <returns>False if the frame holds no IP packet.</returns>
    public static bool TryFind(LinkType linkType, ReadOnlySpan<byte> frame, out int offset, out int carried)
    {
        (offset, carried) = (0, int.MaxValue);
        foreach (ref readonly var shape in Shapes.AsSpan())
        {
            if (shape.LinkType != linkType) continue;
            if (frame.Length < shape.Length) return false;
            offset = shape.Length;
            return shape.Next switch
            {
                Next.EtherType => SkipTags(frame, shape.EtherTypeAt, ref offset, ref carried),
                Next.PointToPoint => SkipPointToPoint(frame, ref offset),
                Next.PointToPointOverEthernet => SkipPppoe(frame, ref offset, ref carried),
                Next.CiscoOrPointToPoint => SkipHdlc(frame, ref offset, ref carried),
                _ => true,
            };
        }
        return false;
    }

    // IEEE 802.1Q, Clause 9: a tag is two octets after its EtherType, then the next EtherType. 0x9100 came before
    // 802.1ad.
    private static bool SkipTags(ReadOnlySpan<byte> frame, int etherTypeAt, ref int offset, ref int carried)
    {
        var etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[etherTypeAt..]);
        while (etherType is 0x8100 or 0x88a8 or 0x9100)
        {
            if (frame.Length < offset + 4) return false;
            etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
            offset += 4;
        }
        return etherType is 0x0800 or 0x86dd || (etherType == 0x8864 && SkipPppoe(frame, ref offset, ref carried));
    }

    // RFC 2516, Section 4: version and type, code, session, length of what follows. Some access concentrators send a
    // total length in the IP header that counts Ethernet's padding.
    private static bool SkipPppoe(ReadOnlySpan<byte> frame, ref int offset, ref int carried)
    {
        const int HeaderLength = 6;
        if (frame.Length < offset + HeaderLength) return false;
        int payload = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 4)..]);
        var start = offset += HeaderLength;
        if (!SkipPointToPoint(frame, ref offset)) return false;
        carried = payload - (offset - start);
        return carried > 0;
    }

    // RFC 1662, Section 3.1: address and control may be left out; RFC 1661, Section 6.5: so may the first octet of the
    // protocol number, which is even. IPv4: RFC 1332, IPv6: RFC 5072.
    private static bool SkipPointToPoint(ReadOnlySpan<byte> frame, ref int offset)
    {
        if (frame[offset..] is [0xff, 0x03, ..]) offset += 2;
        if (frame[offset..] is [0x00, ..]) offset++;
        return frame.Length > offset && frame[offset++] is 0x21 or 0x57;
    }

    // Cisco's framing has address 0x0f or 0x8f, a zero and an EtherType (RFC 1547, Section 4.3.1); PPP has 0xff.
    private static bool SkipHdlc(ReadOnlySpan<byte> frame, ref int offset, ref int carried)
    {
        if (frame is not [0x0f or 0x8f, ..]) return SkipPointToPoint(frame, ref offset);
        const int HeaderLength = 4;
        if (frame.Length < HeaderLength) return false;
        offset = HeaderLength;
        return SkipTags(frame, etherTypeAt: 2, ref offset, ref carried);
    }
}
