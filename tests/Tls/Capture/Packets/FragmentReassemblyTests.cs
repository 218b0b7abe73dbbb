using System.Net;
using TlsInterop.Tls.Capture.Packets;
using TlsInterop.Tls.Tests.Capture.Reassembly;

namespace TlsInterop.Tls.Tests.Capture.Packets;

public sealed class FragmentReassemblyTests
{
    private const string Text = "The quick brown fox jumps over the lazy dog, and again.";

    private static readonly IPAddress Client = IPAddress.Parse("10.0.0.2");
    private static readonly IPAddress Server = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress Client6 = IPAddress.Parse("fd00::2");
    private static readonly IPAddress Server6 = IPAddress.Parse("fd00::1");

    private static readonly byte[] Segment = TestPacket.Tcp(
        40000, 443, 7, 9, TcpFlags.Ack, System.Text.Encoding.ASCII.GetBytes(Text));

    [Test]
    public void Fragments_in_any_order_make_the_packet([Values] bool isVersion6, [Values(1, 2, 3, 4, 5)] int seed)
    {
        var fragments = Fragments(isVersion6, 16).ToArray();
        new Random(seed).Shuffle(fragments);

        var run = new ReassemblyRun().Pass(fragments);

        Assert.That(run.Only.ClientStream, Is.EqualTo(Text));
        Assert.That(run.Only.Info.Client.Address, Is.EqualTo(isVersion6 ? Client6 : Client));
        Assert.That(
            run.Reassembler.Counters, Has.Property("JoinedPackets").EqualTo(1).And.Property("Fragments")
            .EqualTo(fragments.Length));
        Assert.That(run.Flush().Reassembler.Counters.IncompletePackets, Is.Zero);
    }

    [Test]
    public void Packets_with_other_identifications_are_kept_apart([Values] bool isVersion6)
    {
        var mixed = Fragments(isVersion6, 16, identification: 1)
            .Zip(Fragments(isVersion6, 16, identification: 2), (one, two) => (byte[][])[one, two]);

        var run = new ReassemblyRun().Pass(mixed.SelectMany(pair => pair));

        Assert.That(run.Reassembler.Counters.JoinedPackets, Is.EqualTo(2));
        Assert.That(run.Only.ClientStream, Is.EqualTo(Text), "the second one is a retransmission");
    }

    [Test]
    public void Where_fragments_overlap_the_first_octets_win_and_it_is_counted([Values] bool isVersion6)
    {
        var fragments = Fragments(isVersion6, 32).ToArray();
        var other = Fragment(isVersion6, 24, [.. "XXXXXXXX"u8, .. Segment[32..40]], isLast: false);

        var run = new ReassemblyRun().Pass(fragments[0], other, fragments[1], fragments[2]);

        Assert.That(run.Only.ClientStream, Is.EqualTo(Text));
        Assert.That(run.Reassembler.Counters.OverlappingFragments, Is.EqualTo(2));
    }

    [Test]
    public void A_packet_without_all_its_fragments_is_counted_after_a_minute_or_at_the_end([Values] bool isVersion6)
    {
        var fragments = Fragments(isVersion6, 16).ToArray();
        var other = Fragments(isVersion6, 16, identification: 2).ToArray();

        var run = new ReassemblyRun().At(0, fragments[0]).At(61_000_000_000, other[0]);
        Assert.That(run.Reassembler.Counters.IncompletePackets, Is.Zero, "one frame may have a wrong time");

        run.At(61_000_000_000, other[1]);
        Assert.That(run.Reassembler.Counters.IncompletePackets, Is.EqualTo(1));

        run.Pass(fragments[1..]).Flush();
        Assert.That(run.Reassembler.Counters.IncompletePackets, Is.EqualTo(3));
        Assert.That(run.Connections, Is.Empty);
    }

    [Test]
    public void A_flood_of_fragments_is_bounded_and_what_comes_last_is_still_joined()
    {
        var run = new ReassemblyRun(new() { FragmentedPackets = 100, FragmentOctets = 10_000 });
        for (var i = 0; i < 5000; i++) run.Pass(Fragment(true, 8 * (i % 900), new byte[8], isLast: false, (uint)i));
        run.Pass(Fragments(false, 16));

        Assert.That(run.Only.ClientStream, Is.EqualTo(Text));
        Assert.That(run.Reassembler.Counters.IncompletePackets, Is.GreaterThan(4900));
    }

    [Test]
    public void Pieces_of_one_packet_alone_are_bounded_too()
    {
        var run = new ReassemblyRun(new() { FragmentOctets = 10_000 });
        for (var i = 1; i < 8000; i++) run.Pass(Fragment(false, 8 * i, new byte[8], isLast: false));

        Assert.That(run.Reassembler.Counters.IncompletePackets, Is.GreaterThan(50));
    }

    [Test]
    public void A_fragment_cut_by_the_snap_length_cuts_the_segment()
    {
        var fragments = Fragments(false, 32).ToArray();

        var run = new ReassemblyRun().Pass(fragments[0]).Cut(fragments[1], fragments[1].Length - 8).Pass(fragments[2]);

        Assert.That(run.Only.Events, Is.EqualTo([$"C:{Text[..36]}", $"C[-{Text.Length - 36}]"]));
    }

    [Test]
    public void A_piece_behind_the_end_makes_nothing_whole([Values] bool isVersion6)
    {
        var run = new ReassemblyRun().Pass(
            Fragment(isVersion6, 0, Segment[..24], isLast: false),
            Fragment(isVersion6, 800, new byte[8], isLast: false),
            Fragment(isVersion6, 32, [], isLast: true));

        Assert.That(run.Connections, Is.Empty);
        Assert.That(run.Flush().Reassembler.Counters.IncompletePackets, Is.EqualTo(1));
    }

    [Test]
    public void Extension_headers_behind_the_fragment_header_are_part_of_what_is_joined()
    {
        byte[] payload = [6, 0, .. new byte[6], .. Segment];
        var run = new ReassemblyRun().Pass(
            Fragment(true, 0, payload[..24], isLast: false, next: 60),
            Fragment(true, 24, payload[24..], isLast: true, next: 60));

        Assert.That(run.Only.ClientStream, Is.EqualTo(Text));
    }

    [Test]
    public void Other_protocols_are_joined_and_left_aside()
    {
        var run = new ReassemblyRun().Pass(
            Fragment(false, 0, Segment[..24], isLast: false, next: 17),
            Fragment(false, 24, Segment[24..], isLast: true, next: 17));

        Assert.That(
            run.Reassembler.Counters, Has.Property("JoinedPackets").EqualTo(1).And.Property("NotTcp").EqualTo(1));
    }

    [Test]
    public void Any_fragments_are_read_without_a_throw()
    {
        var random = new Random(3);
        var run = new ReassemblyRun(new() { FragmentOctets = 20_000 });
        for (var i = 0; i < 20_000; i++)
        {
            var piece = new byte[random.Next(4) == 0 ? random.Next(40) : 8];
            random.NextBytes(piece);
            var frame = Fragment(
                random.Next(2) == 0, 8 * random.Next(6), piece, random.Next(4) == 0, (uint)random.Next(3),
                (byte)(random.Next(2) == 0 ? 6 : 60));
            run.Cut(frame, frame.Length - random.Next(Math.Min(10, piece.Length + 1)));
        }

        Assert.That(
            run.Flush().Reassembler.Counters, Has.Property("Frames")
            .EqualTo(20_000).And.Property("JoinedPackets").Positive);
    }

    private static IEnumerable<byte[]> Fragments(bool isVersion6, int size, uint identification = 1)
    {
        for (var offset = 0; offset < Segment.Length; offset += size)
        {
            var piece = Segment[offset..Math.Min(offset + size, Segment.Length)];
            yield return Fragment(isVersion6, offset, piece, offset + size >= Segment.Length, identification);
        }
    }

    private static byte[] Fragment(
        bool isVersion6, int offset, byte[] piece, bool isLast, uint identification = 1, byte next = 6)
    {
        if (!isVersion6)
        {
            var field = (ushort)((offset / 8) | (isLast ? 0 : 0x2000));
            return TestPacket.Ethernet(TestPacket.Version4(
                Client, Server, piece, next, fragment: field, identification: (ushort)identification));
        }
        byte[] header =
            [next, 0, (byte)(offset >> 8), (byte)(offset | (isLast ? 0 : 1)), 0, 0, (byte)(identification >> 8),
            (byte)identification];
        return TestPacket.Ethernet(TestPacket.Version6(Client6, Server6, [.. header, .. piece], next: 44));
    }
}
