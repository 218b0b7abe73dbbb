using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Tests.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Reassembly;

/// <summary>Octets that a capture lacks: in the middle, at the beginning, of one side.</summary>
[TestFixture]
public sealed class TcpGapTests
{
    private readonly TestConversation _tcp = new();

    [Test]
    public void Bytes_that_the_receiver_acknowledged_but_nobody_captured_become_a_gap()
    {
        var run = Opened();
        run.Pass(_tcp.Client(0, "ab"), _tcp.Client(5, "fg"), _tcp.Server(0, "ok", 7));
        Assert.That(run.Only.Events, Is.EqualTo(["C:ab"]), "the capture may still bring them");

        run.Step = 100_000_000;
        run.Pass(_tcp.Client(7, "h", 2));

        Assert.That(run.Only.Events, Is.EqualTo(["C:ab", "C[-3]", "C:fg", "S:ok", "C:h"]));
        Assert.That(run.Only.Frames[1], Is.EqualTo(4), "what comes behind it shows the gap");
        Assert.That(run.Reassembler.Counters.Missing, Is.EqualTo(3));
    }

    [Test]
    public void Without_an_acknowledgment_missing_bytes_are_waited_for()
    {
        var run = Opened();
        run.Step = 100_000_000;
        run.Pass(_tcp.Client(3, "d"), _tcp.Server(0, "zz", 0), _tcp.Server(2, "z", 0), _tcp.Client(0, "abc"));

        Assert.That(run.Only.ClientStream, Is.EqualTo("abcd"));
        Assert.That(run.Reassembler.Counters.Missing, Is.Zero);
    }

    [Test]
    public void At_the_end_of_the_capture_gaps_are_told_with_what_waits_behind_them()
    {
        var run = Opened().Pass(_tcp.Client(3, "d"), _tcp.Fin(Direction.ClientToServer, 9)).Flush();

        Assert.That(run.Only.Events, Is.EqualTo(["C[-3]", "C:d", "C[-5]", "C.Fin"]));
    }

    [Test]
    public void Acknowledged_bytes_that_were_never_captured_are_told_at_the_end()
    {
        var run = Opened().Pass(_tcp.Client(0, "a"), _tcp.Server(0, "b", 11)).Flush();

        Assert.That(run.Only.Events, Is.EqualTo(["C:a", "S:b", "C[-10]"]));
    }

    [Test]
    public void A_segment_cut_by_the_snap_length_ends_in_a_gap()
    {
        var frame = _tcp.Client(0, "abcdef");
        var run = Opened().Cut(frame, frame.Length - 2).Pass(_tcp.Client(6, "gh"));

        Assert.That(run.Only.Events, Is.EqualTo(["C:abcd", "C[-2]", "C:gh"]));
        Assert.That(run.Reassembler.Counters.Cut, Is.EqualTo(1));
    }

    [Test]
    public void A_capture_that_starts_late_takes_the_higher_port_for_the_client()
    {
        var run =
            new ReassemblyRun().Pass(_tcp.Server(100, "from the server", 7), _tcp.Client(7, "from the client", 115));

        Assert.That(run.Only.Info, Has.Property("OpeningSeen").False);
        Assert.That(run.Only.Events, Is.EqualTo(["S:from the server", "C:from the client"]));
    }

    [Test]
    public void A_capture_that_starts_late_knows_the_client_by_its_ClientHello()
    {
        var tcp = new TestConversation(client: "10.0.0.2:443", server: "10.0.0.1:40000");
        var run = new ReassemblyRun().Pass(tcp.Send(Direction.ClientToServer, 50, [22, 3, 1, 0, 50, 1, 0, 0]));

        Assert.That(run.Only.Info.Client.Port, Is.EqualTo(443));
    }

    [Test]
    public void A_capture_that_starts_late_misses_what_the_first_acknowledgment_lacks()
    {
        var run = new ReassemblyRun().Pass(_tcp.Client(7, "ask", 100), _tcp.Server(104, "end", 10)).Flush();

        Assert.That(run.Only.Events, Is.EqualTo(["C:ask", "S[-4]", "S:end"]));
    }

    [Test]
    public void The_acknowledgment_of_a_FIN_that_was_not_captured_is_no_gap()
    {
        var run = Opened().Pass(_tcp.Client(0, "a"), _tcp.Server(0, "b", 2)).Flush();

        Assert.That(run.Only.Events, Is.EqualTo(["C:a", "S:b"]));
    }

    [Test]
    public void A_capture_of_one_side_gives_that_side()
    {
        var run = new ReassemblyRun().Pass(
            _tcp.SynAck(), _tcp.Server(0, "one", 7), _tcp.Server(3, "two", 20),
            _tcp.Fin(Direction.ServerToClient, 6, 20)).Flush();

        Assert.That(run.Only.Events, Is.EqualTo(["S:one", "S:two", "S.Fin", "C[-20]"]));
        Assert.That(run.Only.Info.Server.Port, Is.EqualTo(443));
    }

    private ReassemblyRun Opened(ReassemblyLimits? limits = null) =>
        new ReassemblyRun(limits).Pass(_tcp.Syn(), _tcp.SynAck());
}
