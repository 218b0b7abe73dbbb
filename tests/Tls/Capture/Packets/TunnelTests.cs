using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Tests.Capture.Packets;

/// <summary>
/// Tunnels are known by their ports and headers: what is in them is not read, and must not go unsaid.
/// </summary>
internal sealed class TunnelTests
{
    private const byte Udp = 17;

    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    [TestCase("VXLAN", Udp, 4789, "0800000000000100")]
    [TestCase("Geneve", Udp, 6081, "0000655800000100")]
    [TestCase("Geneve", Udp, 6081, "0240080000000100")]
    [TestCase("GTP-U", Udp, 2152, "32ff00540000000112340000")]
    [TestCase("Teredo", Udp, 3544, "6000000000003b40")]
    [TestCase("IPsec in UDP", Udp, 4500, "000102030000000155aa55aa")]
    [TestCase("IPv4 in IP", 4, 0, "45000014")]
    [TestCase("IPv6 in IP", 41, 0, "60000000")]
    [TestCase("GRE", 47, 0, "00000800")]
    [TestCase("IPsec ESP", 50, 0, "0001020300000001")]
    public void A_tunnel_is_named(string name, byte protocol, int port, string header) =>
        Assert.That(Seen(protocol, port, header), Is.EqualTo((name, 1L)));

    [TestCase(Udp, 4789, "0000000000000100", Description = "VXLAN without its flag")]
    [TestCase(Udp, 6081, "0000000000000100", Description = "Geneve that carries nothing known")]
    [TestCase(Udp, 2152, "3201000400000000", Description = "an echo request of GTP")]
    [TestCase(Udp, 4500, "0000000012345678aabbccdd", Description = "IKE")]
    [TestCase(Udp, 4500, "ff", Description = "a keep-alive")]
    [TestCase(Udp, 53, "0800000000000100")]
    [TestCase(Udp, 4789, "")]
    [TestCase(47, 0, "00")]
    [TestCase(1, 0, "0800000000000100")]
    public void What_only_looks_like_one_is_not(byte protocol, int port, string header) =>
        Assert.That(Seen(protocol, port, header), Is.EqualTo(((string?)null, 0L)));

    private static (string?, long) Seen(byte protocol, int port, string header)
    {
        var octets = Convert.FromHexString(header);
        byte[] payload = protocol == Udp
            ? [0xc0, 0, (byte)(port >> 8), (byte)port, 0, (byte)(8 + octets.Length), 0, 0, .. octets]
            : octets;
        var packet = TestPacket.Version4(One, Two, payload, protocol: protocol);
        var reassembler = new TcpReassembler(_ => throw new InvalidOperationException("a tunnel is no TCP"));

        reassembler.Frame(new FrameHeader(new FrameStamp(1, 0), LinkType.Raw, packet.Length), packet);

        return reassembler.Counters.Unread.Tunnels.SingleOrDefault();
    }
}
