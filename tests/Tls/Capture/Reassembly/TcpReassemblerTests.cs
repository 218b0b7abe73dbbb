using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Tests.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Reassembly;

[TestFixture]
public sealed class TcpReassemblerTests
{
    private readonly TestConversation _tcp = new();

    [Test]
    public void A_whole_connection_is_pushed_as_it_comes()
    {
        var run = new ReassemblyRun().Pass(
            _tcp.Syn(),
            _tcp.SynAck(),
            _tcp.Client(0, "hello"),
            _tcp.Server(0, "world", 5),
            _tcp.Fin(Direction.ClientToServer, 5, 5),
            _tcp.Fin(Direction.ServerToClient, 5, 6));

        Assert.That(run.Only.Events, Is.EqualTo(["C:hello", "S:world", "C.Fin", "S.Fin"]));
        Assert.That(run.Only.Frames, Is.EqualTo([3L, 4, 5, 6]));
        Assert.That(run.Only.Info.Client.ToString(), Is.EqualTo("10.0.0.2:40000"));
        Assert.That(run.Only.Info.Server.ToString(), Is.EqualTo("10.0.0.1:443"));
        Assert.That(
            run.Only.Info, Has.Property("OpeningSeen").True.And.Property("FirstFrame")
            .EqualTo(new FrameStamp(1, 1000)));
    }

    [Test]
    public void Segments_out_of_order_wait_for_their_turn()
    {
        var run = Opened().Pass(_tcp.Client(6, "c"), _tcp.Client(3, "b b"), _tcp.Client(0, "a a"));

        Assert.That(run.Only.Events, Is.EqualTo(["C:a a", "C:b b", "C:c"]));
        Assert.That(run.Only.Frames, Is.EqualTo([5L, 4, 3]), "each byte keeps the frame that brought it");
        Assert.That(run.Reassembler.Counters.OutOfOrder, Is.EqualTo(2));
    }

    [Test]
    public void A_FIN_waits_for_the_data_before_it()
    {
        var run = Opened().Pass(_tcp.Fin(Direction.ClientToServer, 5));
        Assert.That(run.Only.Events, Is.Empty);

        run.Pass(_tcp.Client(0, "hello"));
        Assert.That(run.Only.Events, Is.EqualTo(["C:hello", "C.Fin"]));
    }

    [Test]
    public void A_retransmission_is_delivered_once()
    {
        var run = Opened().Pass(_tcp.Client(0, "hello"), _tcp.Client(0, "hello"), _tcp.Client(3, "lo again"));

        Assert.That(run.Only.Events, Is.EqualTo(["C:hello", "C: again"]));
        Assert.That(run.Reassembler.Counters.Repeated, Is.EqualTo(1));
        Assert.That(run.Anomalies, Is.Empty);
    }

    [Test]
    public void A_conflicting_retransmission_is_reported_and_the_first_bytes_win()
    {
        var run = Opened().Pass(_tcp.Client(0, "hello"), _tcp.Client(0, "HELLO you"));

        Assert.That(run.Only.ClientStream, Is.EqualTo("hello you"));
        Assert.That(run.Anomalies, Is.EqualTo(["ClientToServer ConflictingOverlap 4"]));
        Assert.That(run.Reassembler.Counters.ConflictingOverlaps, Is.EqualTo(1));
    }

    [Test]
    public void Among_early_segments_too_the_first_bytes_win()
    {
        var run = Opened().Pass(_tcp.Client(3, "def"), _tcp.Client(1, "bcDEFghi"), _tcp.Client(0, "a"));

        Assert.That(run.Only.ClientStream, Is.EqualTo("abcdefghi"));
        Assert.That(run.Anomalies, Is.EqualTo(["ClientToServer ConflictingOverlap 4"]));
    }

    [Test]
    public void Sequence_numbers_wrap()
    {
        var tcp = new TestConversation(clientIsn: uint.MaxValue - 4);
        var run = new ReassemblyRun().Pass(
            tcp.Syn(), tcp.SynAck(), tcp.Client(8, "ij"), tcp.Client(0, "abcdefgh"),
            tcp.Fin(Direction.ClientToServer, 10));

        Assert.That(run.Only.Events, Is.EqualTo(["C:abcdefgh", "C:ij", "C.Fin"]));
    }

    [Test]
    public void A_keep_alive_brings_nothing_and_contradicts_nothing()
    {
        var run = Opened().Pass(_tcp.Client(0, "hello"), _tcp.Client(4, "\0"), _tcp.Client(5, "!"));

        Assert.That(run.Only.ClientStream, Is.EqualTo("hello!"));
        Assert.That(run.Anomalies, Is.Empty);
    }

    [Test]
    public void Used_again_the_end_points_are_a_new_connection()
    {
        var again = new TestConversation(clientIsn: 500_000, serverIsn: 3);
        var run = Opened().Pass(_tcp.Client(0, "one"), again.Syn(), again.SynAck(), again.Client(0, "two"));

        Assert.That(run.Connections.Select(sink => sink.ClientStream), Is.EqualTo(["one", "two"]));
        Assert.That(run.Connections.Select(sink => sink.Info.Number), Is.EqualTo([1, 2]));
    }

    [Test]
    public void A_repeated_SYN_is_the_same_connection()
    {
        var run = Opened().Pass(_tcp.Syn(), _tcp.SynAck(), _tcp.Client(0, "one"), _tcp.Syn());

        Assert.That(run.Only.Events, Is.EqualTo(["C:one"]));
    }

    [Test]
    public void A_reset_is_told_as_it_is_seen_and_only_once()
    {
        var run = Opened().Pass(
            _tcp.Client(0, "x"), _tcp.Rst(Direction.ServerToClient, 0, 1), _tcp.Rst(Direction.ServerToClient, 0, 1));

        Assert.That(run.Only.Events, Is.EqualTo(["C:x", "S.Reset"]));
    }

    [Test]
    public void An_acknowledgment_or_reset_of_an_unknown_connection_is_no_connection()
    {
        var run = new ReassemblyRun().Pass(
            _tcp.Client(0, ""), _tcp.Rst(Direction.ServerToClient, 0), _tcp.Fin(Direction.ClientToServer, 0));

        Assert.That(run.Connections, Is.Empty);
    }

    [Test]
    public void Data_behind_a_FIN_and_far_outside_the_window_is_ignored_and_reported()
    {
        var run = Opened().Pass(
            _tcp.Client(1 << 30, ""), _tcp.Client((1 << 30) + 1, "far"), _tcp.Fin(Direction.ClientToServer, 0),
            _tcp.Client(0, "late"));

        Assert.That(run.Only.Events, Is.EqualTo(["C.Fin"]));
        Assert.That(run.Anomalies, Is.EqualTo(["ClientToServer OutOfWindow 4", "ClientToServer DataAfterFin 6"]));
    }

    [Test]
    public void Early_segments_are_bounded_and_what_they_wait_for_is_given_up()
    {
        var run = Opened(new() { BufferedPerStream = 4096 });
        for (var index = 0; index < 1000; index++) run.Pass(_tcp.Client(100 + (2 * index), "x"));

        Assert.That(run.Reassembler.Counters.Held, Is.LessThan(4096 + 8192 + 256));
        Assert.That(run.Only.Events[0], Is.EqualTo("C[-100]"));
        Assert.That(run.Anomalies, Is.Not.Empty);
        Assert.That(run.Flush().Only.ClientStream, Has.Length.EqualTo(1000));
        Assert.That(run.Reassembler.Counters.Held, Is.Zero);
    }

    [Test]
    public void Connections_are_bounded_and_the_one_silent_longest_is_given_up()
    {
        var run = new ReassemblyRun(new() { Connections = 2 });
        var tcp = Enumerable.Range(0, 3).Select(index => new TestConversation($"10.0.0.2:{40000 + index}")).ToArray();
        run.Pass(tcp[0].Syn(), tcp[1].Syn(), tcp[0].Client(0, "x"), tcp[2].Syn(), tcp[0].Client(1, "y"));

        Assert.That(run.Connections.Select(sink => sink.ClientStream), Is.EqualTo(["xy", "", ""]));
        Assert.That(run.Reassembler.Remembered, Is.EqualTo(2));
    }

    [Test]
    public void A_retransmission_of_what_is_not_remembered_any_more_is_believed()
    {
        var run = Opened(new() { HistoryPerStream = 4 }).Pass(
            _tcp.Client(0, "abcdef"), _tcp.Client(6, "gh"), _tcp.Client(0, "ABCDefgh"), _tcp.Client(3, "deFgh"));

        Assert.That(run.Only.ClientStream, Is.EqualTo("abcdefgh"));
        Assert.That(run.Anomalies, Is.EqualTo(["ClientToServer ConflictingOverlap 6"]));
    }

    [Test]
    public void A_connection_is_told_what_its_segments_did()
    {
        var run = Opened().Pass(
            _tcp.Client(0, "hello"), _tcp.Client(0, "HELLO"), _tcp.Fin(Direction.ClientToServer, 5),
            _tcp.Client(5, "late"));

        Assert.That(run.Only.Anomalies, Is.EqualTo(["C ConflictingOverlap 4", "C DataAfterFin 6"]));
    }

    [Test]
    public void Data_on_a_SYN_belongs_to_the_stream()
    {
        var run = new ReassemblyRun().Pass(_tcp.Syn("early"), _tcp.Client(5, "later"));

        Assert.That(run.Only.ClientStream, Is.EqualTo("earlylater"));
    }

    [Test]
    public void A_retransmission_behind_both_FINs_is_the_same_connection()
    {
        var run = Opened().Pass(
            _tcp.Client(0, "x"), _tcp.Fin(Direction.ClientToServer, 1), _tcp.Fin(Direction.ServerToClient, 0, 2),
            _tcp.Client(0, "x", 1));

        Assert.That(run.Only.Events, Is.EqualTo(["C:x", "C.Fin", "S.Fin"]));
    }

    private ReassemblyRun Opened(ReassemblyLimits? limits = null) =>
        new ReassemblyRun(limits).Pass(_tcp.Syn(), _tcp.SynAck());
}
