using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Tests.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Reassembly;

/// <summary>What is forgotten as the capture's time goes on, so that memory stays flat.</summary>
public sealed class ForgettingTests
{
    private const long Second = 1_000_000_000;

    private readonly TestConversation _tcp = new();

    [Test]
    public void An_ended_connection_is_closed_at_once_and_its_ends_are_forgotten_after_its_TIME_WAIT()
    {
        var run = Ended();
        Assert.That(run.Only.Closed, Is.EqualTo(1));

        Tick(run, 59);
        Assert.That(run.Pass(_tcp.Client(0, "late")).Connections, Has.Count.EqualTo(2));
        Tick(run, 70);
        Tick(run, 71);
        Assert.That(run.Pass(_tcp.Client(0, "new")).Connections, Has.Count.EqualTo(3));

        run.Flush();
        Assert.That(run.Connections.Select(sink => sink.Closed), Is.All.EqualTo(1));
        Assert.That(run.Reassembler.Remembered, Is.Zero);
    }

    [Test]
    public void The_ends_of_an_ended_connection_may_be_used_again_at_once()
    {
        var run = Ended().Pass(_tcp.Syn());
        Assert.That(run.Connections, Has.Count.EqualTo(1), "a repeated SYN");

        run.Pass(new TestConversation(clientIsn: 77).Syn());
        Assert.That(run.Connections, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_connection_whose_SYN_is_not_captured_is_seen_though_its_ends_were_used_before()
    {
        var run = Ended().Pass(new TestConversation(clientIsn: 3_000_000_000).Client(0, "new"));

        Assert.That(run.Connections, Has.Count.EqualTo(2));
        Assert.That(run.Connections[1].ClientStream, Is.EqualTo("new"));
    }

    [Test]
    public void The_same_ends_again_and_again_take_no_more_room()
    {
        var run = new ReassemblyRun(new() { EndedConnections = 10 });
        for (uint i = 0; i < 1000; i++)
        {
            var tcp = new TestConversation(clientIsn: 100_000 * i, serverIsn: 70_000 * i);
            run.Pass(tcp.Syn(), tcp.SynAck(), tcp.Client(0, "x"), tcp.Fin(Direction.ClientToServer, 1),
                tcp.Fin(Direction.ServerToClient, 0, 2));
        }

        Assert.That(run.Connections.Select(sink => sink.ClientStream), Is.EqualTo(Enumerable.Repeat("x", 1000)));
        Assert.That(run.Reassembler.Remembered, Is.LessThanOrEqualTo(10));
    }

    [Test]
    public void A_reset_connection_is_forgotten_like_one_that_was_closed()
    {
        var run = new ReassemblyRun().Pass(_tcp.Syn(), _tcp.Rst(Direction.ServerToClient, 0, 0));
        Tick(run, 70);
        Tick(run, 71);

        Assert.That(run.Connections[0].Closed, Is.EqualTo(1));
    }

    [TestCase(false, 300, Description = "four minutes")]
    [TestCase(true, 7500, Description = "two hours and four minutes")]
    public void A_silent_connection_is_forgotten_later_if_it_carried_data(bool hasData, int after)
    {
        var run = new ReassemblyRun().Pass(_tcp.Syn(), _tcp.SynAck());
        if (hasData) run.Pass(_tcp.Client(0, "x"));

        Tick(run, after - 70);
        Tick(run, after - 69);
        Assert.That(run.Connections[0].Closed, Is.Zero);
        Tick(run, after);
        Tick(run, after + 1);
        Assert.That(run.Connections[0].Closed, Is.EqualTo(1));
    }

    [Test]
    public void One_frame_with_a_time_far_ahead_ages_nothing()
    {
        var run = new ReassemblyRun().Pass(_tcp.Syn(), _tcp.SynAck(), _tcp.Client(0, "a"));
        Tick(run, 1_000_000);
        Tick(run, 2);

        Assert.That(run.Connections[0].Closed, Is.Zero);
        Assert.That(run.At(3 * Second, _tcp.Client(1, "b")).Connections[0].ClientStream, Is.EqualTo("ab"));
    }

    [Test]
    public void Connections_without_end_leave_few_behind()
    {
        var run = new ReassemblyRun(new() { EndedConnections = 100 });
        for (var i = 0; i < 5000; i++)
        {
            var tcp = new TestConversation($"10.0.{i >> 8}.{i & 255}:40000");
            run.Pass(tcp.Syn(), tcp.Client(0, "x"), tcp.Fin(Direction.ClientToServer, 1), tcp.SynAck(),
                tcp.Fin(Direction.ServerToClient, 0, 2));
        }

        Assert.That(run.Reassembler.Remembered, Is.EqualTo(100));
        Assert.That(run.Reassembler.Counters.Held, Is.Zero);
        Assert.That(run.Connections.Select(sink => string.Concat(sink.Events)), Is.All.EqualTo("C:xC.FinS.Fin"));
    }

    [Test]
    public void A_scan_drives_out_no_connection_with_data()
    {
        var run = new ReassemblyRun(new() { Connections = 100 }).Pass(_tcp.Syn(), _tcp.SynAck(), _tcp.Client(0, "a"));
        for (var i = 0; i < 1000; i++) run.Pass(new TestConversation($"10.1.{i >> 8}.{i & 255}:40000").Syn());
        run.Pass(_tcp.Client(1, "b"));

        Assert.That(run.Connections[0].ClientStream, Is.EqualTo("ab"));
        Assert.That(run.Reassembler.Remembered, Is.EqualTo(100));
    }

    [Test]
    public void Connections_that_never_end_drive_out_no_new_one()
    {
        var run = new ReassemblyRun(new() { Connections = 100 });
        for (var i = 0; i < 200; i++)
        {
            var silent = new TestConversation($"10.1.0.{i}:40000");
            run.Pass(silent.Syn(), silent.SynAck(), silent.Client(0, "x"));
        }
        run.Pass(_tcp.Syn());
        var other = new TestConversation("10.2.0.1:40000");
        run.Pass(other.Syn(), other.SynAck(), other.Client(0, "y"), _tcp.SynAck(), _tcp.Client(0, "a"));

        Assert.That(run.Connections, Has.Count.EqualTo(202));
    }

    private ReassemblyRun Ended() => new ReassemblyRun().Pass(
        _tcp.Syn(), _tcp.SynAck(), _tcp.Fin(Direction.ClientToServer, 0), _tcp.Fin(Direction.ServerToClient, 0, 1));

    // A segment of another connection at a time in seconds.
    private static void Tick(ReassemblyRun run, int seconds) =>
        run.At(seconds * Second, new TestConversation("10.9.9.9:40000").Syn());
}
