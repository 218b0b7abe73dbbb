using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Tests.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Leases;

[TestFixture]
public sealed class CaptureSplitterTests
{
    private static readonly IPAddress Server = IPAddress.Parse("10.0.0.1");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private SyntheticCapture _capture = null!;
    private CaptureSplitter _splitter = null!;

    [SetUp]
    public void StartCapture()
    {
        _capture = new();
        _splitter = new(_capture, _capture);
        _splitter.Start();
    }

    [Test]
    public async Task A_lease_completes_when_both_ends_have_finished_and_holds_the_frames_in_order()
    {
        var lease = _splitter.Open(Server, 443);
        var frames = Whole(new(), "hello");

        _capture.Pass(frames[..^1]);
        Assert.That(lease.Completed.IsCompleted, Is.False);
        _capture.Pass(frames[^1]);

        await lease.Completed.WaitAsync(Deadline);
        var held = lease.Close();
        Assert.That(Bytes(held), Is.EqualTo(frames));
        Assert.That(
            held.Frames.Select(frame => frame.Header.At.Number), Is.EqualTo(Enumerable.Range(1, frames.Length)));
        Assert.That(
            held, Has.Property("Connections").EqualTo(1).And.Property("IsComplete").True.And.Property("IsCut").False);
    }

    [Test]
    public void Two_cells_one_after_the_other_on_the_same_port_get_their_own_connection_only()
    {
        var first = Whole(new("10.0.0.2:40000"), "first");
        var second = Whole(new("10.0.0.2:40001"), "second");

        var one = _splitter.Open(Server, 443);
        _capture.Pass(first);
        var firstHeld = one.Close();
        var two = _splitter.Open(Server, 443);
        // a late last ACK
        _capture.Pass(new TestConversation("10.0.0.2:40000").Send(Direction.ClientToServer, 6, [], 1));
        _capture.Pass(second);
        var secondHeld = two.Close();

        Assert.That(Bytes(firstHeld), Is.EqualTo(first));
        Assert.That(Bytes(secondHeld), Is.EqualTo(second));
        Assert.That(_splitter.Unleased.OfNobody, Is.EqualTo(1));
    }

    [Test]
    public void A_connection_opened_before_the_lease_stays_with_the_earlier_lease()
    {
        var early = Whole(new("10.0.0.2:40000"), "early");
        var late = Whole(new("10.0.0.2:40001"), "late");
        var one = _splitter.Open(Server, 443);
        _capture.Pass(early[..2]);
        var two = _splitter.Open(Server, 443);

        for (var index = 0; index < late.Length; index++)
        {
            _capture.Pass(late[index]);
            if (index + 2 < early.Length) _capture.Pass(early[index + 2]);
        }

        Assert.That(Bytes(one.Close()), Is.EqualTo(early));
        Assert.That(Bytes(two.Close()), Is.EqualTo(late));
    }

    [Test]
    public void A_SYN_that_was_captured_before_the_lease_but_delivered_after_it_is_not_its_own()
    {
        var before = _capture.Nanoseconds - 1000;
        var lease = _splitter.Open(Server, 443);

        _capture.PassAt(before, new TestConversation().Syn());

        Assert.That(lease.Close().Connections, Is.Zero);
    }

    [Test]
    public void The_same_four_tuple_again_is_a_new_connection_of_the_later_lease()
    {
        var first = Whole(new(clientIsn: 1), "first");
        var second = Whole(new(clientIsn: 77_777), "second");
        var one = _splitter.Open(Server, 443);
        _capture.Pass(first);
        var two = _splitter.Open(Server, 443);
        _capture.Pass(second);

        Assert.That(Bytes(one.Close()), Is.EqualTo(first));
        Assert.That(Bytes(two.Close()), Is.EqualTo(second));
    }

    [Test]
    public async Task A_connection_that_never_ended_ends_when_its_end_points_are_used_again()
    {
        var lease = _splitter.Open(Server, 443);

        _capture.Pass(new TestConversation(clientIsn: 1).Syn());
        _capture.Pass(Whole(new(clientIsn: 77_777), "again"));

        await lease.Completed.WaitAsync(Deadline);
        Assert.That(lease.Close(), Has.Property("Connections").EqualTo(2).And.Property("IsComplete").True);
    }

    [Test]
    public async Task A_reset_completes_the_lease_at_once()
    {
        var lease = _splitter.Open(Server, 443);
        var conversation = new TestConversation();

        _capture.Pass(conversation.Syn(), conversation.Rst(Direction.ServerToClient, 0, 0));

        await lease.Completed.WaitAsync(Deadline);
        Assert.That(lease.Close().Frames, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_lease_that_expects_two_connections_waits_for_the_second()
    {
        var lease = _splitter.Open(Server, 443, expectedConnections: 2);

        _capture.Pass(Whole(new("10.0.0.2:40000"), "full"));
        Assert.That(lease.Completed.IsCompleted, Is.False);
        _capture.Pass(Whole(new("10.0.0.2:40001"), "resumed"));

        await lease.Completed.WaitAsync(Deadline);
        Assert.That(lease.Close().Connections, Is.EqualTo(2));
    }

    [Test]
    public void A_repeated_SYN_is_not_a_second_connection()
    {
        var lease = _splitter.Open(Server, 443);
        var conversation = new TestConversation();

        _capture.Pass(conversation.Syn(), conversation.Syn(), conversation.SynAck());

        Assert.That(lease.Close(), Has.Property("Connections").EqualTo(1).And.Property("IsComplete").False);
    }

    [Test]
    public void Frames_of_other_ports_and_protocols_are_counted_and_thrown_away()
    {
        var lease = _splitter.Open(Server, 443);

        _capture.Pass(new TestConversation(server: "10.0.0.1:8443").Syn());
        _capture.Pass(new TestConversation(server: "10.0.0.9:443").Syn());
        _capture.Pass([1, 2, 3]);
        _capture.Pass(TestPacket.Ethernet(TestPacket.Version4(Server, Server, new byte[20], fragment: 0x2000)));

        Assert.That(lease.Close().Frames, Is.Empty);
        Assert.That(
            _splitter.Unleased, Is.EqualTo(new UnleasedFrames(OfNobody: 2, NotTcp: 1, Fragments: 1, Malformed: 0)));
    }

    [Test]
    public void A_loss_between_opening_and_closing_is_reported()
    {
        _capture.Dropped = 5;
        var hurt = _splitter.Open(Server, 443);
        _capture.Dropped = 7;
        var unhurt = _splitter.Open(Server, 444);

        Assert.That(hurt.Close().DroppedDuring, Is.EqualTo(2));
        Assert.That(unhurt.Close().DroppedDuring, Is.Zero);
        _capture.Dropped = null;
        Assert.That(_splitter.Open(Server, 443).Close().DroppedDuring, Is.Null);
    }

    [Test]
    public void A_lease_keeps_no_more_than_its_bound_and_says_so()
    {
        var lease = _splitter.Open(Server, 443, maximumBytes: 150);

        _capture.Pass(Whole(new(), "a payload that does not fit any more"));

        var held = lease.Close();
        Assert.That(held.Frames.Sum(frame => frame.Bytes.Length), Is.LessThanOrEqualTo(150));
        Assert.That(held, Has.Property("IsCut").True.And.Property("IsComplete").True);
    }

    [Test]
    public async Task A_broken_capture_faults_every_open_lease_and_those_to_come()
    {
        var lease = _splitter.Open(Server, 443);
        _capture.Break(new IOException("gone"));

        await Assert.ThatAsync(() => lease.Completed.WaitAsync(Deadline), Throws.TypeOf<IOException>());
        await Assert.ThatAsync(() => _splitter.Open(Server, 444).Completed.WaitAsync(Deadline),
            Throws.TypeOf<IOException>());
    }

    [Test]
    public void A_closed_lease_is_cancelled_and_gives_the_same_frames_again()
    {
        var lease = _splitter.Open(Server, 443);
        _capture.Pass(new TestConversation().Syn());

        var held = lease.Close();
        lease.Dispose();

        Assert.That(lease.Close(), Is.SameAs(held));
        Assert.That(lease.Completed.IsCanceled);
    }

    private static byte[][] Whole(TestConversation conversation, string text) =>
    [
        conversation.Syn(),
        conversation.SynAck(),
        conversation.Client(0, text),
        conversation.Fin(Direction.ServerToClient, 0, text.Length),
        conversation.Fin(Direction.ClientToServer, text.Length, 1),
    ];

    private static IEnumerable<byte[]> Bytes(LeaseFrames held) => held.Frames.Select(frame => frame.Bytes.ToArray());
}
