using System.Net;
using System.Net.Sockets;
using System.Text;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Targets;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Harness.Tests.Serve;

/// <summary>What goes through a relay comes out of it, and is kept.</summary>
[CancelAfter(30_000)]
public sealed class RelayTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private Socket[] _device = [];
    private Socket[] _server = [];

    [SetUp]
    public async Task SetUp() => (_device, _server) = (await PairAsync(), await PairAsync());

    [TearDown]
    public void TearDown()
    {
        foreach (var socket in _device.Concat(_server)) socket.Dispose();
    }

    [Test]
    public async Task Both_ends_hear_each_other_and_both_ends_of_the_connection_are_kept()
    {
        var relaying = RunAsync(Long);

        await _device[0].SendAsync("hello"u8.ToArray());
        Assert.That(await ReadAsync(_server[1], 5), Is.EqualTo("hello"));
        await _server[1].SendAsync("hi"u8.ToArray());
        Assert.That(await ReadAsync(_device[0], 2), Is.EqualTo("hi"));
        _device[0].Shutdown(SocketShutdown.Send);
        Assert.That(await ReadAsync(_server[1], 1), Is.Empty);
        // Half of it is still open.
        await _server[1].SendAsync("bye"u8.ToArray());
        Assert.That(await ReadAsync(_device[0], 3), Is.EqualTo("bye"));
        _server[1].Shutdown(SocketShutdown.Send);
        Assert.That(await ReadAsync(_device[0], 1), Is.Empty);

        Assert.That((await relaying).Pieces.Select(Told),
            Is.EqualTo((string[])["Sent hello", "Received hi", "Closed ", "Received bye", "Ended "]));
    }

    [TestCase(false, TapEvent.Aborted)]
    [TestCase(true, TapEvent.Reset)]
    public async Task A_reset_reaches_the_other_end_and_is_kept_as_one(bool ofServer, TapEvent kept)
    {
        var (from, to) = ofServer ? (_server[1], _device[0]) : (_device[0], _server[1]);
        var relaying = RunAsync(Long);
        await from.SendAsync("x"u8.ToArray());
        Assert.That(await ReadAsync(to, 1), Is.EqualTo("x"));

        from.Close(timeout: 0);

        Assert.That(async () => await ReadAsync(to, 1), Throws.InstanceOf<SocketException>());
        var tap = await relaying;
        Assert.That(tap.Pieces[^1].Event, Is.EqualTo(kept));
        var ends = new List<string>();
        var reassembler = new TcpReassembler(_ => new EndsOf(ends));
        foreach (var frame in TapFrames.Of(tap)) reassembler.Frame(frame.Header, frame.Bytes.Span);
        reassembler.Flush();
        Assert.That(ends, Is.EqualTo((string[])[$"Reset {(ofServer ? "ServerToClient" : "ClientToServer")}"]));
    }

    [Test]
    public async Task An_end_that_never_comes_is_waited_for_no_longer_than_told()
    {
        var relaying = RunAsync(TimeSpan.FromMilliseconds(300));
        await _device[0].SendAsync("hello"u8.ToArray());

        Assert.That((await relaying).Pieces.Select(Told), Is.EqualTo((string[])["Sent hello"]));
    }

    [Test]
    public void A_relay_that_is_given_up_says_so()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.That(
            async () => await new Relay(_device[1], _server[0]).RunAsync(Long, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_port_in_use_is_told_with_a_remedy()
    {
        using var taken = DevicePort.Take(IPAddress.Loopback, 0);
        taken.Open();

        Assert.That(() => DevicePort.Take(IPAddress.Loopback, taken.Address.Port).Open(),
            Throws.TypeOf<UsageException>().With.Message.Contains($"--port {taken.Address.Port}: ")
                .And.Message.Contains("name another port"));
    }

    [Test]
    public void An_address_that_is_not_of_this_machine_is_told() =>
        // RFC 5737, Section 3: an address of documents
        Assert.That(() => DevicePort.Take(IPAddress.Parse("192.0.2.1"), 0),
            Throws.TypeOf<UsageException>().With.Message.Contains("--listen 192.0.2.1: no address of this machine"));

    private Task<WireTap> RunAsync(TimeSpan deadline) =>
        new Relay(_device[1], _server[0]).RunAsync(deadline, TestContext.CurrentContext.CancellationToken);

    private static string Told(TappedPiece piece) => $"{piece.Event} {Encoding.ASCII.GetString(piece.Octets)}";

    private static async Task<string> ReadAsync(Socket socket, int most)
    {
        var buffer = new byte[most];
        var read = await socket.ReceiveAsync(buffer, TestContext.CurrentContext.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    // Who connected, and who took it.
    private static async Task<Socket[]> PairAsync()
    {
        using var port = DevicePort.Take(IPAddress.Loopback, 0);
        port.Open();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(port.Address);
        return [socket, await port.NextAsync(TestContext.CurrentContext.CancellationToken)];
    }

    private sealed class EndsOf(List<string> ends) : IConnectionSink
    {
        public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at)
        {
        }

        public void Gap(Direction direction, long length, FrameStamp at)
        {
        }

        public void End(Direction direction, ConnectionEnd end, FrameStamp at) =>
            ends.Add($"{end} {direction}");
    }
}
