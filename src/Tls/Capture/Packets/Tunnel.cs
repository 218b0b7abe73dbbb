using System.Buffers.Binary;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>
/// A way to carry packets in packets. What is in them is not read, so it has to be told that they are there.
/// </summary>
/// <param name="Name">What people call it.</param>
/// <param name="Protocol">Protocol number of IP.</param>
/// <param name="Port">Port of UDP that it goes to; 0 for what is no UDP.</param>
/// <param name="IsHeader">Tells whether what follows IP or UDP begins as its header does.</param>
internal sealed record Tunnel(string Name, byte Protocol, ushort Port, Tunnel.HeaderTest IsHeader)
{
    private const byte Udp = 17;
    private const int UdpHeaderLength = 8;

    public delegate bool HeaderTest(ReadOnlySpan<byte> octets);

    public static readonly Tunnel[] All =
    [
        // RFC 7348, Section 5
        new("VXLAN", Udp, 4789, octets => octets is [0x08, 0, 0, 0, _, _, _, 0, ..]),
        // RFC 8926, Section 3.4: version 0; Ethernet, IPv4 or IPv6 inside
        new("Geneve", Udp, 6081, octets => octets is [< 0x40, _, 0x65, 0x58, ..] or [< 0x40, _, 0x08, 0, ..]
            or [< 0x40, _, 0x86, 0xdd, ..]),
        // 3GPP TS 29.281, Section 5.1: version 1, protocol type GTP, a T-PDU
        new("GTP-U", Udp, 2152, octets => octets is [>= 0x30 and <= 0x37, 0xff, ..]),
        // RFC 4380, Section 5.1.1: an IPv6 packet, without or with an indication before it
        new("Teredo", Udp, 3544, octets => octets is [>= 0x60 and <= 0x6f, ..] or [0, 0 or 1, ..]),
        // RFC 3948, Section 2.1: no marker of zeros before it, and no keep-alive
        new("IPsec in UDP", Udp, 4500, octets =>
            octets.Length > 8 && BinaryPrimitives.ReadUInt32BigEndian(octets) != 0),
        // RFC 2003; RFC 4213; RFC 2784; RFC 4303; RFC 4302
        new("IPv4 in IP", 4, 0, octets => octets is [>= 0x45 and <= 0x4f, ..]),
        new("IPv6 in IP", 41, 0, octets => octets is [>= 0x60 and <= 0x6f, ..]),
        new("GRE", 47, 0, octets => octets.Length >= 4),
        new("IPsec ESP", 50, 0, octets => octets.Length >= 8),
    ];

    /// <summary>Where in <see cref="All"/> the tunnel of a packet stands; -1 if it is in none that is known.</summary>
    public static int IndexOf(scoped in IpPacket packet)
    {
        var payload = packet.Payload;
        var port = 0;
        if (packet.Protocol == Udp)
        {
            if (payload.Length < UdpHeaderLength) return -1;
            port = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
            payload = payload[UdpHeaderLength..];
        }
        for (var index = 0; index < All.Length; index++)
        {
            if (All[index].Protocol == packet.Protocol && All[index].Port == port && All[index].IsHeader(payload))
                return index;
        }
        return -1;
    }
}
