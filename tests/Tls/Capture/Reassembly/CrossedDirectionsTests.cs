using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Tests.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Reassembly;

[TestFixture]
public sealed class CrossedDirectionsTests
{
    private readonly TestConversation _tcp = new();

    [Test]
    public void An_answer_that_was_captured_before_its_question_comes_behind_it()
    {
        var run = Opened().Pass(_tcp.Server(0, "answer", 8), _tcp.Client(0, "question"), _tcp.Client(8, "thanks", 6));

        Assert.That(run.Only.Events, Is.EqualTo(["C:question", "S:answer", "C:thanks"]));
        Assert.That(run.Only.Frames, Is.EqualTo([4L, 3, 5]), "each byte keeps the frame that brought it");
        Assert.That(run.Anomalies, Is.EqualTo(["ServerToClient CapturedTooEarly 3"]));
        Assert.That(
            run.Reassembler.Counters, Has.Property("Crossed").EqualTo(1).And.Property("Held").EqualTo(16 << 10));
    }

    [Test]
    public void A_whole_direction_may_come_before_the_other_one()
    {
        var run = new ReassemblyRun().Pass(
            _tcp.SynAck(),
            _tcp.Server(0, "two", 3),
            _tcp.Server(3, "four", 8),
            _tcp.Fin(Direction.ServerToClient, 7, 8),
            _tcp.Syn(),
            _tcp.Client(0, "one"),
            _tcp.Client(3, "three", 3),
            _tcp.Fin(Direction.ClientToServer, 8, 8));

        Assert.That(run.Only.Events, Is.EqualTo(["C:one", "S:two", "C:three", "S:four", "S.Fin", "C.Fin"]));
        Assert.That(run.Only.Info.Client.Port, Is.EqualTo(40_000));
    }

    [Test]
    public void An_answer_waits_for_all_segments_of_its_question()
    {
        var run = Opened().Pass(
            _tcp.Client(0, "ques"), _tcp.Server(0, "answer", 8), _tcp.Server(6, "!", 8), _tcp.Client(4, "tion"));

        Assert.That(run.Only.Events, Is.EqualTo(["C:ques", "C:tion", "S:answer", "S:!"]));
    }

    [Test]
    public void Without_the_SYN_of_its_direction_an_answer_is_not_lost_to_an_acknowledgment_behind_it()
    {
        var run = new ReassemblyRun().Pass(
            _tcp.Syn(), _tcp.Server(0, "answer", 8), _tcp.Server(6, "", 8), _tcp.Client(0, "question"));

        Assert.That(run.Only.Events, Is.EqualTo(["C:question", "S:answer"]));
    }

    [Test]
    public void A_question_that_was_not_captured_is_not_waited_for_longer_than_the_limits_say()
    {
        var run = new ReassemblyRun(new() { GapPatienceSegments = 3 }).Pass(_tcp.Syn(), _tcp.SynAck());

        run.Pass(_tcp.Server(0, "a", 8), _tcp.Server(1, "b", 8), _tcp.Server(2, "c", 8));
        Assert.That(run.Only.Events, Is.Empty);
        run.Pass(_tcp.Server(3, "d", 8));
        Assert.That(run.Only.Events, Is.EqualTo(["S:a", "S:b", "S:c", "S:d"]));
        run.Pass(_tcp.Server(4, "e", 16));
        Assert.That(run.Only.Events[^1], Is.EqualTo("S:e"), "one direction alone is not held back again");
        run.Pass(_tcp.Client(16, "f", 5), _tcp.Server(5, "g", 17)).Flush();
        Assert.That(run.Only.Events[5..], Is.EqualTo(["C[-16]", "C:f", "S:g"]));
    }

    [Test]
    public void What_was_lost_of_a_direction_makes_nothing_behind_it_too_early_and_keeps_its_frames()
    {
        var run = Opened().Pass(
            _tcp.Server(0, "answer", 8), _tcp.Client(8, "thanks", 6), _tcp.Server(6, "bye", 14)).Flush();

        Assert.That(run.Only.Events, Is.EqualTo(["S:answer", "C[-8]", "C:thanks", "S:bye"]));
        Assert.That(run.Only.Frames, Is.EqualTo([3L, 4, 4, 5]));
        Assert.That(run.Anomalies, Is.Empty);
    }

    [Test]
    public void Time_ends_the_patience_too()
    {
        var run = new ReassemblyRun().At(0, _tcp.Syn()).At(1, _tcp.SynAck()).At(2, _tcp.Server(0, "a", 8));
        Assert.That(run.Only.Events, Is.Empty);

        run.At(200_000_000, _tcp.Server(1, "b", 8));

        Assert.That(run.Only.Events, Is.EqualTo(["S:a", "S:b"]));
    }

    [Test]
    public void A_direction_alone_ends_with_its_FIN_and_is_forgotten_like_others()
    {
        var run = new ReassemblyRun().At(0, _tcp.SynAck()).At(1, _tcp.Server(0, "a", 8))
            .At(2, _tcp.Fin(Direction.ServerToClient, 1, 8));
        var other = new TestConversation("10.0.0.9:1");
        run.At(120_000_000_000, other.Syn()).At(120_000_000_000, other.Client(0, "x"));

        Assert.That(run.Connections[0].Events, Is.EqualTo(["S:a", "S.Fin", "C[-8]"]));
        Assert.That(run.Connections[0].Closed, Is.EqualTo(1));
    }

    [Test]
    public void What_waits_is_bounded_by_the_memory_of_all()
    {
        var run = new ReassemblyRun(new() { BufferedInTotal = 1000, HistoryPerStream = 0 })
            .Pass(_tcp.Syn(), _tcp.SynAck());

        run.Pass(_tcp.Server(0, new('a', 500), 8), _tcp.Server(500, new('b', 500), 8));

        Assert.That(run.Only.ServerStream, Has.Length.EqualTo(1000));
        Assert.That(run.Reassembler.Counters.Held, Is.Zero);
    }

    [Test]
    public void A_reset_stays_behind_the_data_that_it_followed()
    {
        var run = Opened().Pass(
            _tcp.Server(0, "no", 5), _tcp.Rst(Direction.ServerToClient, 2, 5), _tcp.Client(0, "hello"));

        Assert.That(run.Only.Events, Is.EqualTo(["C:hello", "S:no", "S.Reset"]));
    }

    private ReassemblyRun Opened() => new ReassemblyRun().Pass(_tcp.Syn(), _tcp.SynAck());
}
