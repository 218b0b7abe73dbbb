using System.Buffers.Binary;
using System.Net;
using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Packets;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>What packets below TCP tell, from the octets of a capture file to the cause that is named.</summary>
public sealed class PacketRulesTests
{
    // RFC 9293, Section 3.1: the control bits
    private const byte Fin = 1, Syn = 2, Rst = 4, Ack = 16;

    private const int Linux = 64, Near = 255;

    [Test]
    public void SYN_that_is_answered_by_RST_was_refused() =>
        Assert.That(Causes([Client(Syn, 100), Server(Rst | Ack, 0)])[0], Does.StartWith("connection-refused"));

    [Test]
    public void SYN_that_is_sent_again_and_never_answered_finds_nobody()
    {
        var traits = Traits([Client(Syn, 100), Client(Syn, 100), Client(Syn, 100)])[0];
        Assert.That((traits.Openings, traits.IsAccepted), Is.EqualTo((3, false)));
        Assert.That(
            Causes([Client(Syn, 100), Client(Syn, 100), Client(Syn, 100)])[0], Does.StartWith("nobody-answers"));
    }

    [Test]
    public void RST_behind_SYN_and_ACK_is_no_refusal()
    {
        var causes = Causes([Client(Syn, 100), Server(Syn | Ack, 500), Client(Ack, 101), Server(Rst | Ack, 501)]);
        Assert.That(causes[0], Does.Not.Contain("connection-refused"));
        Assert.That(causes[0], Does.Contain("closed-after-accept"));
    }

    [TestCase(Near, true)]
    [TestCase(Linux, false)]
    [TestCase(Linux + 1, false)]
    public void RST_that_came_over_another_number_of_hops_was_made_on_the_way(int hops, bool isMiddlebox)
    {
        var hello = Convert.FromHexString("16030100050100000103");
        var causes = Causes(
        [
            Client(Syn, 100), Server(Syn | Ack, 500), Client(Ack, 101), Client(Ack, 101, hello),
            Server(Ack, 501), Server(Rst, 501, hops: hops),
        ])[0];
        Assert.That(causes.Contains("middlebox-reset", StringComparison.Ordinal), Is.EqualTo(isMiddlebox));
    }

    [Test]
    public void Octets_that_are_sent_again_and_never_acknowledged_do_not_arrive()
    {
        var hello = Convert.FromHexString("16030100050100000103");
        byte[][] lost =
        [
            Client(Syn, 100), Server(Syn | Ack, 500, acknowledges: 101), Client(Ack, 101, hello),
            Client(Ack, 101, hello), Client(Ack, 101, hello), Server(Ack, 501, acknowledges: 101),
        ];

        Assert.That(Traits(lost)[0].FromClient, Is.EqualTo(new UnacknowledgedSegment(hello.Length, 3, 3)));
        Assert.That(Causes(lost)[0], Does.StartWith("segment-unacknowledged"));
        Assert.That(Traits([.. lost, Server(Ack, 501, acknowledges: 111)])[0].FromClient.Times, Is.Zero);
    }

    [TestCase(100, true)]
    [TestCase(1, false, Description = "it was on its way before the RST")]
    public void End_that_goes_on_behind_its_own_RST_did_not_make_it(int times, bool livesOn)
    {
        byte[][] frames =
        [
            Client(Syn, 100), Server(Syn | Ack, 500), Client(Ack, 101, [22]), Server(Rst, 501),
            .. Enumerable.Repeat(Client(Ack, 101), times), Server(Fin | Ack, 501),
        ];

        Assert.That(Traits(frames)[0].LivesOnAfterReset, Is.EqualTo(livesOn));
    }

    [Test]
    public void Same_ends_that_connect_again_are_two_connections_with_traits_of_their_own()
    {
        byte[][] frames =
        [
            Client(Syn, 100), Server(Rst | Ack, 0),
            Client(Syn, 9000), Server(Syn | Ack, 500), Client(Ack, 9001), Server(Fin | Ack, 501),
            Client(Fin | Ack, 9001),
        ];
        var traits = Traits(frames);
        Assert.That(traits.Select(item => (item.Openings, item.IsAccepted, item.ResetFrame)),
            Is.EqualTo(new[] { (1, false, 2L), (1, true, 0L) }));
        Assert.That(Causes(frames)[0], Does.StartWith("connection-refused"));
        Assert.That(Causes(frames)[1], Does.StartWith("closed-after-accept"));
    }

    [Test]
    public void Ends_of_which_nothing_was_captured_have_no_traits()
    {
        var traits = new PacketTraitsSink().Of(new(
            1, new(IPAddress.Loopback, 1), new(IPAddress.Loopback, 2), new(1, 0), OpeningSeen: false));
        Assert.That((traits.Openings, traits.IsAccepted, traits.HopsOfReset), Is.EqualTo((0, false, (int?)null)));
    }

    private static List<PacketTraits> Traits(byte[][] packets) =>
        [.. Connections(packets, out var sink).Select(item => sink.Of(item.Info))];

    // The ids of the causes of each connection.
    private static List<string> Causes(byte[][] packets) =>
    [
        .. Connections(packets, out var sink).Select(item => string.Join(' ', Diagnoser.Explain(
            item.Decoded, new() { Info = item.Info, Packets = sink.Of(item.Info) }).Causes.Select(cause => cause.Id))),
    ];

    private static List<CapturedConnection> Connections(byte[][] packets, out PacketTraitsSink sink)
    {
        using var file = new MemoryStream();
        CaptureFile.Write(file, packets.Select((packet, at) => new CapturedFrame(
            new(new(at + 1, 1_700_000_000_000_000_000 + at * 1_000_000L), LinkType.Raw, packet.Length), packet)));
        file.Position = 0;
        CaptureFile.Read(file, sink = new PacketTraitsSink());
        file.Position = 0;
        var connections = new List<CapturedConnection>();
        new CaptureDecoder(new()).Read(file, connection => connection, connections.Add);
        connections.Sort((left, right) => left.Info.Number.CompareTo(right.Info.Number));
        return connections;
    }

    private static byte[] Client(byte control, uint number, byte[]? octets = null) =>
        Packet(isClient: true, control, number, octets ?? [], Linux);

    private static byte[] Server(byte control, uint number, int hops = Linux, uint acknowledges = 0) =>
        Packet(isClient: false, control, number, [], hops, acknowledges);

    // RFC 791, Section 3.1; RFC 9293, Section 3.1
    private static byte[] Packet(
        bool isClient, byte control, uint number, byte[] octets, int hops, uint acknowledges = 0)
    {
        var packet = new byte[40 + octets.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        (packet[8], packet[9]) = ((byte)hops, 6);
        (packet[12], packet[15], packet[16], packet[19]) = (10, (byte)(isClient ? 1 : 2), 10, (byte)(isClient ? 2 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), (ushort)(isClient ? 40000 : 443));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), (ushort)(isClient ? 443 : 40000));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(24), number);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(28), acknowledges);
        (packet[32], packet[33]) = (5 << 4, control);
        octets.CopyTo(packet, 40);
        return packet;
    }
}
