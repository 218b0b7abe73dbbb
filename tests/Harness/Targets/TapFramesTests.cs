using System.Text;
using TlsInterop.Harness.Targets;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Harness.Tests.Targets;

/// <summary>What was tapped, as frames, gives the same octets again.</summary>
public sealed class TapFramesTests
{
    [TestCase("192.0.2.1:40000", "192.0.2.2:443")]
    [TestCase("[2001:db8::1]:40000", "[2001:db8::2]:443")]
    [TestCase("[::ffff:192.0.2.1]:40000", "[::ffff:192.0.2.2]:443")]
    public void Both_directions_come_back_whole_and_in_order(string local, string remote)
    {
        var large = new byte[100_000];
        large.AsSpan().Fill((byte)'x');
        var sink = Read(new WireTap(local, remote,
        [
            new(1_000, TapEvent.Sent, "hello"u8.ToArray()), new(1_001, TapEvent.Received, "hi"u8.ToArray()),
            new(1_002, TapEvent.Sent, large), new(1_003, TapEvent.Received, "bye"u8.ToArray()),
            new(1_004, TapEvent.Ended, []),
        ]), out var info);
        Assert.That(info!.OpeningSeen, Is.True);
        Assert.That(info.Client.Port, Is.EqualTo(40000));
        Assert.That(sink.Text(Direction.ClientToServer), Is.EqualTo("hello" + new string('x', large.Length)));
        Assert.That(sink.Text(Direction.ServerToClient), Is.EqualTo("hibye"));
        Assert.That(sink.Ended, Is.EqualTo([(Direction.ServerToClient, ConnectionEnd.Fin)]));
    }

    [Test]
    public void Reset_by_the_peer_comes_back_as_one()
    {
        var sink = Read(new WireTap("192.0.2.1:40000", "192.0.2.2:443",
            [new(1_000, TapEvent.Sent, "hello"u8.ToArray()), new(1_001, TapEvent.Reset, [])]), out _);
        Assert.That(sink.Ended, Does.Contain((Direction.ServerToClient, ConnectionEnd.Reset)));
    }

    [Test]
    public void Connection_on_which_nothing_was_said_is_its_opening_alone()
    {
        var sink = Read(new WireTap("192.0.2.1:40000", "192.0.2.2:443", []), out var info);
        Assert.That(info, Is.Not.Null);
        Assert.That(sink.Text(Direction.ClientToServer), Is.Empty);
        Assert.That(sink.Ended, Is.Empty);
    }

    private static Sink Read(WireTap tap, out TcpConnectionInfo? info)
    {
        var sink = new Sink();
        TcpConnectionInfo? opened = null;
        var reassembler = new TcpReassembler(connection =>
        {
            opened = connection;
            return sink;
        });
        foreach (var frame in TapFrames.Of(tap)) reassembler.Frame(frame.Header, frame.Bytes.Span);
        reassembler.Flush();
        info = opened;
        return sink;
    }

    private sealed class Sink : IConnectionSink
    {
        private readonly Dictionary<Direction, StringBuilder> _texts = new()
        {
            [Direction.ClientToServer] = new(), [Direction.ServerToClient] = new(),
        };

        public List<(Direction, ConnectionEnd)> Ended { get; } = [];

        public string Text(Direction direction) => _texts[direction].ToString();

        public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at) =>
            _texts[direction].Append(Encoding.ASCII.GetString(bytes));

        public void Gap(Direction direction, long length, FrameStamp at) => _texts[direction].Append($"<gap {length}>");

        public void End(Direction direction, ConnectionEnd end, FrameStamp at) =>
            Ended.Add((direction, end));
    }
}
