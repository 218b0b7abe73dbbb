using System.Buffers.Binary;
using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>What is in a capture beside TCP, as far as it can be told. Mutable, one per reassembly.</summary>
public sealed class UnreadFrames
{
    private const byte UdpProtocol = 17;
    private const int UdpHeaderLength = 8;
    private const int MostLinkTypes = 16;

    private readonly SortedDictionary<ushort, long> _linkTypes = [];
    private readonly long[] _tunnels = new long[Tunnel.All.Length];

    /// <summary>UDP datagrams.</summary>
    public long Udp { get; private set; }

    /// <summary>
    /// Those of them that begin with a record of DTLS up to 1.2, or in the clear (RFC 9147, Section 4.1).
    /// </summary>
    public long Dtls { get; private set; }

    /// <summary>Those of them that begin with a long header of QUIC.</summary>
    public long Quic { get; private set; }

    /// <summary>
    /// Frames by link types that are not read: <c>189 (USB_LINUX)</c>; of many types the first sixteen.
    /// </summary>
    public IEnumerable<(string LinkType, long Frames)> LinkTypes =>
        _linkTypes.Select(pair => (LinkTypeNames.Of(new(pair.Key)), pair.Value));

    /// <summary>Packets that carry others, which are not read, by the name of the tunnel: <c>VXLAN</c>.</summary>
    public IEnumerable<(string Name, long Packets)> Tunnels =>
        Tunnel.All.Zip(_tunnels, (tunnel, packets) => (tunnel.Name, packets)).Where(row => row.packets > 0);

    internal void Count(LinkType type)
    {
        if (LinkHeader.Reads(type)) return;
        var frames = _linkTypes.GetValueOrDefault(type.Code);
        if (frames > 0 || _linkTypes.Count < MostLinkTypes) _linkTypes[type.Code] = frames + 1;
    }

    internal void Count(scoped in IpPacket packet)
    {
        if (Tunnel.IndexOf(packet) is >= 0 and var tunnel) _tunnels[tunnel]++;
        if (packet.Protocol != UdpProtocol) return;
        Udp++;
        if (packet.Payload.Length <= UdpHeaderLength) return;
        var datagram = packet.Payload[UdpHeaderLength..];
        if (IsDtls(datagram)) Dtls++;
        else if (IsQuic(datagram)) Quic++;
    }

    // struct { ContentType type; ProtocolVersion version = 0xfeff or 0xfefd; uint16 epoch; uint48 number; uint16 length
    // }
    private static bool IsDtls(ReadOnlySpan<byte> datagram) =>
        datagram is [>= 20 and <= 26, 0xfe, 0xff or 0xfd or 0xfc, _, _, _, _, _, _, _, _, _, _, ..];

    // RFC 9000, Section 17.2; RFC 9369, Section 3.1; the drafts before them
    private static bool IsQuic(ReadOnlySpan<byte> datagram) => datagram.Length >= 5 && (datagram[0] & 0xc0) == 0xc0
        && BinaryPrimitives.ReadUInt32BigEndian(datagram[1..]) is 1 or 0x6b3343cf or (>= 0xff000000 and <= 0xff0000ff);
}
