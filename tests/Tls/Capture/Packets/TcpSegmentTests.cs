using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Packets;

[TestFixture]
public sealed class TcpSegmentTests
{
    private static readonly IPAddress One = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress Two = IPAddress.Parse("10.0.0.2");
    private static readonly IPAddress One6 = IPAddress.Parse("fd00::1");
    private static readonly IPAddress Two6 = IPAddress.Parse("fd00::2");
    private static readonly byte[] Segment =
        TestPacket.Tcp(40000, 443, 7, 9, TcpFlags.Ack | TcpFlags.Psh, "hello"u8, optionLength: 12);

    public static IEnumerable<TestCaseData> EveryWrapping()
    {
        var packet = TestPacket.Version4(Two, One, Segment);
        var packet6 = TestPacket.Version6(Two6, One6, Segment);
        yield return Case("Ethernet", LinkType.Ethernet, TestPacket.Ethernet(packet));
        yield return Case("Ethernet_with_padding", LinkType.Ethernet, [.. TestPacket.Ethernet(packet), 0, 0, 0, 0]);
        yield return Case("Ethernet_with_VLAN", LinkType.Ethernet, TestPacket.Ethernet(packet, 0x8100));
        yield return Case("Ethernet_with_QinQ", LinkType.Ethernet, TestPacket.Ethernet(packet6, 0x88a8, 0x8100));
        yield return Case("Ethernet_with_PPPoE", LinkType.Ethernet, PointToPoint(packet, packet));
        var countsPadding = packet.ToArray();
        countsPadding[3] += 6;
        yield return Case("Ethernet_with_PPPoE_and_an_IP_length_that_counts_padding", LinkType.Ethernet,
            PointToPoint(packet, [.. countsPadding, .. new byte[6]]));
        byte[] pppoe = [0x11, 0, 0, 1, 0, (byte)(packet.Length + 2), 0, 0x21, .. packet];
        yield return Case("Ethernet_with_PPPoE_and_padding", LinkType.Ethernet,
            [.. new byte[12], 0x88, 0x64, .. pppoe, 9, 9, 9]);
        yield return Case("PPPoE", LinkType.PointToPointOverEthernet, pppoe);
        yield return Case("PPP_in_HDLC", LinkType.PointToPoint, [0xff, 3, 0, 0x21, .. packet]);
        yield return Case("PPP", LinkType.PointToPoint, [0, 0x57, .. packet6]);
        yield return Case("PPP_with_compressed_protocol", LinkType.PointToPoint, [0x21, .. packet]);
        yield return Case("PPP_over_HDLC_with_compressed_protocol", LinkType.PointToPointSerial,
            [0xff, 3, 0x57, .. packet6]);
        yield return Case("PPP_with_direction", LinkType.PointToPointWithDirection, [1, 0xff, 3, 0, 0x21, .. packet]);
        yield return Case("Cisco_HDLC", LinkType.CiscoHdlc, [0x0f, 0, 0x08, 0, .. packet]);
        yield return Case("Cisco_HDLC_on_a_serial_line", LinkType.PointToPointSerial,
            [0x8f, 0, 0x86, 0xdd, .. packet6]);
        yield return Case("raw_IP_of_BSD", LinkType.RawOfBsd, packet);
        yield return Case("Linux_cooked", LinkType.LinuxCooked, [.. new byte[14], 0x08, 0x00, .. packet]);
        yield return Case("Linux_cooked_v2", LinkType.LinuxCooked2, [0x86, 0xdd, .. new byte[18], .. packet6]);
        yield return Case("raw_IP", LinkType.Raw, packet6);
        yield return Case("null", LinkType.Null, [2, 0, 0, 0, .. packet]);
        yield return Case("loop", LinkType.Loop, [0, 0, 0, 30, .. packet6]);
        yield return Case("IPv4_options", LinkType.IPv4, TestPacket.Version4(Two, One, Segment, optionLength: 24));
        yield return Case("IPv6_extension_headers", LinkType.IPv6, TestPacket.Version6(
            Two6, One6, [60, 0, .. new byte[6], 51, 1, .. new byte[14], 6, 4, .. new byte[22], .. Segment], next: 0));
        foreach (byte header in (byte[])[0, 43, 60, 135, 139, 140])
        {
            yield return Case($"IPv6_extension_header_{header}", LinkType.IPv6, TestPacket.Version6(
                Two6, One6, [6, 1, .. new byte[14], .. Segment], next: header));
        }
        yield return Case("IPv4_authentication_header", LinkType.IPv4, TestPacket.Version4(
            Two, One, [6, 4, .. new byte[22], .. Segment], protocol: 51));
        yield return Case("IPv6_atomic_fragment", LinkType.IPv6, TestPacket.Version6(
            Two6, One6, [6, 0, 0, 0, 1, 2, 3, 4, .. Segment], next: 44));

        static byte[] PointToPoint(byte[] packet, byte[] content) =>
            [.. new byte[12], 0x88, 0x64, 0x11, 0, 0, 1, 0, (byte)(packet.Length + 2), 0, 0x21, .. content];
        static TestCaseData Case(string name, LinkType linkType, byte[] frame) =>
            new TestCaseData(linkType, frame).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(EveryWrapping))]
    public void A_segment_is_found_in_every_wrapping(LinkType linkType, byte[] frame)
    {
        var content = TcpSegment.Read(new(default, linkType, frame.Length), frame, out var segment);

        Assert.That(content, Is.EqualTo(FrameContent.Tcp));
        Assert.That(segment.Source.ToIPEndPoint().Port, Is.EqualTo(40000));
        Assert.That(segment.Source.ToIPEndPoint().Address, Is.EqualTo(Two).Or.EqualTo(Two6));
        Assert.That(segment.Destination.ToIPEndPoint().Address, Is.EqualTo(One).Or.EqualTo(One6));
        Assert.That(segment.SequenceNumber, Is.EqualTo(7));
        Assert.That(segment.AcknowledgmentNumber, Is.EqualTo(9));
        Assert.That(segment.Flags, Is.EqualTo(TcpFlags.Ack | TcpFlags.Psh));
        Assert.That(segment.Payload.ToArray(), Is.EqualTo("hello"u8.ToArray()));
        Assert.That(segment.PayloadLength, Is.EqualTo(5));
    }

    [TestCaseSource(nameof(EveryWrapping))]
    public void Every_prefix_of_a_frame_is_read_without_a_throw(LinkType linkType, byte[] frame)
    {
        for (var length = 0; length < frame.Length; length++)
        {
            var content =
                TcpSegment.Read(new(default, linkType, frame.Length), frame.AsSpan(0, length), out var segment);
            if (content == FrameContent.Tcp) Assert.That(segment.PayloadLength, Is.EqualTo(5), $"prefix of {length}");
            else Assert.That(content, Is.EqualTo(FrameContent.Malformed).Or.EqualTo(FrameContent.NotInternet));
        }
    }

    [TestCaseSource(nameof(EveryWrapping))]
    public void Any_single_octet_may_be_anything_without_a_throw(LinkType linkType, byte[] frame)
    {
        for (var at = 0; at < frame.Length; at++)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[0, 1, 0x7f, 0x80, 0xff])
            {
                var broken = frame.ToArray();
                broken[at] = value;
                var content = TcpSegment.Read(new(default, linkType, -1), broken, out var segment);
                Assert.That(segment.Payload.Length, Is.LessThanOrEqualTo(frame.Length));
                Assert.That(Enum.IsDefined(content));
            }
        }
    }

    [Test]
    public void A_cut_frame_still_tells_how_long_its_payload_was()
    {
        var frame = TestPacket.Ethernet(TestPacket.Version4(Two, One, Segment));

        var content = TcpSegment.Read(new(default, LinkType.Ethernet, frame.Length), frame.AsSpan(0, frame.Length - 3),
            out var segment);

        Assert.That(content, Is.EqualTo(FrameContent.Tcp));
        Assert.That(segment.Payload.ToArray(), Is.EqualTo("he"u8.ToArray()));
        Assert.That(segment.PayloadLength, Is.EqualTo(5));
    }

    [Test]
    public void A_total_length_of_zero_means_the_whole_frame()
    {
        var packet = TestPacket.Version4(Two, One, Segment);
        packet[2] = packet[3] = 0;

        TcpSegment.Read(new(default, LinkType.Raw, packet.Length), packet, out var segment);

        Assert.That(segment.Payload.ToArray(), Is.EqualTo("hello"u8.ToArray()));
    }

    [TestCase((ushort)0x2000, Description = "first fragment")]
    [TestCase((ushort)0x00b9, Description = "last fragment")]
    public void A_fragment_is_recognised(ushort fragment)
    {
        var packet = TestPacket.Version4(Two, One, Segment, fragment: fragment);
        var packet6 = TestPacket.Version6(Two6, One6, [6, 0, 0, 1, 1, 2, 3, 4, .. Segment], next: 44);

        Assert.That(TcpSegment.Read(new(default, LinkType.Raw, packet.Length), packet, out _),
            Is.EqualTo(FrameContent.Fragment));
        Assert.That(TcpSegment.Read(new(default, LinkType.Raw, packet6.Length), packet6, out _),
            Is.EqualTo(FrameContent.Fragment));
    }

    [Test]
    public void The_length_of_PPPoE_bounds_a_packet_that_does_not_tell_its_own()
    {
        var packet = TestPacket.Version4(Two, One, Segment);
        packet[2] = packet[3] = 0;
        byte[] frame = [0x11, 0, 0, 1, 0, (byte)(packet.Length + 2), 0, 0x21, .. packet, .. "padding"u8];

        TcpSegment.Read(new(default, LinkType.PointToPointOverEthernet, frame.Length), frame, out var segment);

        Assert.That(segment.Payload.ToArray(), Is.EqualTo("hello"u8.ToArray()));
        Assert.That(segment.PayloadLength, Is.EqualTo(5));
    }

    [Test]
    public void The_padding_of_a_bare_acknowledgment_is_no_data()
    {
        var packet = TestPacket.Version4(Two, One, TestPacket.Tcp(40000, 443, 7, 9, TcpFlags.Ack, []));
        byte[] frame = [.. TestPacket.Ethernet(packet), 1, 2, 3, 4, 5, 6];

        TcpSegment.Read(new(default, LinkType.Ethernet, frame.Length), frame, out var segment);

        Assert.That(segment.PayloadLength, Is.Zero);
        Assert.That(segment.Payload.Length, Is.Zero);
    }

    [Test]
    public void What_ESP_protects_is_opaque()
    {
        var packet = TestPacket.Version6(Two6, One6, Segment, next: 50);

        Assert.That(TcpSegment.Read(new(default, LinkType.Raw, packet.Length), packet, out _),
            Is.EqualTo(FrameContent.NotTcp));
    }

    [Test]
    public void Other_protocols_and_link_types_are_named_as_such()
    {
        var udp = TestPacket.Ip(Two, One, Segment, protocol: 17);
        byte[] arp = [.. new byte[12], 0x08, 0x06, .. new byte[28]];

        Assert.That(
            TcpSegment.Read(new(default, LinkType.Raw, udp.Length), udp, out _), Is.EqualTo(FrameContent.NotTcp));
        Assert.That(TcpSegment.Read(new(default, LinkType.Ethernet, arp.Length), arp, out _),
            Is.EqualTo(FrameContent.NotInternet));
        Assert.That(
            TcpSegment.Read(new(default, new(147), udp.Length), udp, out _), Is.EqualTo(FrameContent.NotInternet));
    }
}
