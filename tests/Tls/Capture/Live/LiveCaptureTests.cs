using System.Net;
using System.Net.Sockets;
using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Capture.Live;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Tests.Capture.Reassembly;

namespace TlsInterop.Tls.Tests.Capture.Live;

/// <summary>
/// What a run needs of a live capture, of each implementation of the seam. Needs libpcap and the right to capture;
/// without them each test says so and is not counted.
/// </summary>
[TestFixtureSource(typeof(CaptureChoice), nameof(CaptureChoice.All))]
[NonParallelizable]
public sealed class LiveCaptureTests(CaptureChoice choice)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly string Loopback = OperatingSystem.IsMacOS() ? "lo0" : "lo";

    [Test]
    public async Task A_frame_on_the_loopback_is_delivered_with_link_type_time_and_bytes()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var capture = OpenOrIgnore(new() { Interface = Loopback, Filter = $"tcp port {port}" });
        var seen = new TaskCompletionSource<(FrameHeader Header, byte[] Bytes)>();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        capture.Start((in FrameHeader header, ReadOnlySpan<byte> frame) =>
        {
            if (frame.IndexOf("needle in a haystack"u8) >= 0) seen.TrySetResult((header, frame.ToArray()));
        });

        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        await client.GetStream().WriteAsync("needle in a haystack"u8.ToArray());

        var (header, bytes) = await seen.Task.WaitAsync(Deadline);
        Assert.Multiple(() =>
        {
            Assert.That(header.LinkType, Is.EqualTo(OperatingSystem.IsMacOS() ? LinkType.Null : LinkType.Ethernet));
            Assert.That(header.OriginalLength, Is.EqualTo(bytes.Length));
            Assert.That(header.At.Number, Is.EqualTo(4), "SYN, SYN+ACK, ACK come before");
            Assert.That(header.At.UnixNanoseconds / 1_000_000, Is.InRange(before - 1, before + 10_000));
            Assert.That(capture.ReadCounters().Delivered, Is.GreaterThanOrEqualTo(4));
            Assert.That(capture.ReadCounters().DroppedByKernel, Is.Zero);
        });
    }

    [Test]
    public async Task Two_leases_on_one_real_port_get_a_whole_connection_each()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = (IPEndPoint)listener.LocalEndpoint;
        await using var capture = OpenOrIgnore(new() { Interface = Loopback, Filter = $"tcp port {server.Port}" });
        var splitter = new CaptureSplitter(capture);
        splitter.Start();

        foreach (var text in (string[])["first", "second"])
        {
            using var lease = splitter.Open(server.Address, (ushort)server.Port);
            using (var client = new TcpClient())
            {
                await client.ConnectAsync(server);
                using var accepted = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
                await accepted.GetStream().ReadExactlyAsync(new byte[text.Length]);
            }
            await lease.Completed.WaitAsync(Deadline);

            var held = lease.Close();
            var sinks = new List<RecordingSink>();
            var reassembler = new TcpReassembler(info =>
            {
                sinks.Add(new(info));
                return sinks[^1];
            });
            foreach (var frame in held.Frames) reassembler.Frame(frame.Header, frame.Bytes.Span);
            Assert.That(sinks.Single().ClientStream, Is.EqualTo(text));
            Assert.That(sinks.Single().Events, Does.Contain("C.Fin").And.Contain("S.Fin"));
            Assert.That(held, Has.Property("IsComplete").True.And.Property("DroppedDuring").Zero);
        }
    }

    [Test]
    public async Task A_capture_without_traffic_stops_at_once()
    {
        var capture = OpenOrIgnore(new() { Interface = Loopback, Filter = "udp port 9 and host 127.3.2.1" });
        capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) => { });

        await capture.DisposeAsync().AsTask().WaitAsync(Deadline);

        Assert.That(capture.Completion.IsCompletedSuccessfully);
        Assert.That(capture.ReadCounters().Received, Is.Zero);
    }

    [Test]
    public async Task A_throwing_handler_ends_the_capture_and_its_exception_is_kept()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var here = (IPEndPoint)socket.Client.LocalEndPoint!;
        await using var capture = OpenOrIgnore(new() { Interface = Loopback, Filter = $"udp port {here.Port}" });
        capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) => throw new NotSupportedException("by the test"));

        await socket.SendAsync(new byte[] { 1 }, here);

        var thrown = await Assert.ThrowsAsync<CaptureException>(() => capture.Completion.WaitAsync(Deadline));
        Assert.That(thrown!.InnerException, Is.TypeOf<NotSupportedException>());
    }

    [Test]
    public async Task A_frame_is_cut_to_the_snap_length_and_says_how_long_it_was()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var here = (IPEndPoint)socket.Client.LocalEndPoint!;
        await using var capture = OpenOrIgnore(
            new() { Interface = Loopback, Filter = $"udp port {here.Port}", SnapLength = 100, Promiscuous = false });
        var seen = new TaskCompletionSource<(int Captured, int Original)>();
        capture.Start((in FrameHeader header, ReadOnlySpan<byte> frame) =>
            seen.TrySetResult((frame.Length, header.OriginalLength)));

        await socket.SendAsync(new byte[500], here);

        var (captured, original) = await seen.Task.WaitAsync(Deadline);
        Assert.That(captured, Is.EqualTo(100));
        Assert.That(original, Is.InRange(500 + 28, 500 + 28 + 14), "UDP, IPv4 and what the link puts before it");
    }

    [Test]
    public async Task Gathered_frames_come_all_in_their_order_with_times_that_do_not_go_back_and_are_counted()
    {
        const int frames = 5000;
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var here = (IPEndPoint)socket.Client.LocalEndPoint!;
        await using var capture = OpenOrIgnore(
            new() { Interface = Loopback, Filter = $"udp port {here.Port}", Immediate = false });
        var numbers = new List<(int Sent, long Number, long At)>();
        var all = new TaskCompletionSource();
        capture.Start((in FrameHeader header, ReadOnlySpan<byte> frame) =>
        {
            numbers.Add((BitConverter.ToInt32(frame[^4..]), header.At.Number, header.At.UnixNanoseconds));
            if (numbers.Count == frames) all.TrySetResult();
        });

        for (var i = 0; i < frames; i++) await socket.SendAsync(BitConverter.GetBytes(i), here);
        await all.Task.WaitAsync(Deadline);

        Assert.That(numbers.Select(seen => seen.Sent), Is.EqualTo(Enumerable.Range(0, frames)));
        Assert.That(numbers.Select(seen => seen.Number), Is.EqualTo(Enumerable.Range(1, frames)));
        Assert.That(numbers.Select(seen => seen.At), Is.Ordered);
        Assert.That(
            numbers.Select(seen => seen.At % 1000).Distinct().Count(), OperatingSystem.IsLinux()
                ? Is.GreaterThan(100)
                : Is.GreaterThan(0), "nanoseconds");
        Assert.That(
            capture.ReadCounters(), Has.Property("Delivered").EqualTo(frames)
                .And.Property("Received").AtLeast(frames).And.Property("DroppedByKernel").Zero,
            "what leaves by the loopback enters by it as well");
    }

    [Test]
    public async Task A_capture_that_was_stopped_keeps_its_counters_and_delivers_nothing_more()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var here = (IPEndPoint)socket.Client.LocalEndPoint!;
        var capture = OpenOrIgnore(new() { Interface = Loopback, Filter = $"udp port {here.Port}" });
        var seen = new TaskCompletionSource();
        capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) => seen.TrySetResult());
        await socket.SendAsync(new byte[] { 1 }, here);
        await seen.Task.WaitAsync(Deadline);

        await capture.DisposeAsync().AsTask().WaitAsync(Deadline);
        await socket.SendAsync(new byte[] { 2 }, here);
        await capture.DisposeAsync();

        Assert.That(capture.ReadCounters(), Has.Property("Delivered").EqualTo(1).And.Property("Received").AtLeast(1));
    }

    [Test]
    public async Task A_handler_that_hangs_is_told_when_the_deadline_to_stop_has_passed()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var here = (IPEndPoint)socket.Client.LocalEndPoint!;
        var capture = OpenOrIgnore(new()
        {
            Interface = Loopback, Filter = $"udp port {here.Port}", StopDeadline = TimeSpan.FromMilliseconds(700),
        });
        using var hung = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) =>
        {
            hung.Set();
            released.Wait(Deadline);
        });
        await socket.SendAsync(new byte[] { 1 }, here);
        Assert.That(hung.Wait(Deadline));

        var thrown = await Assert.ThrowsAsync<CaptureException>(
            () => capture.DisposeAsync().AsTask().WaitAsync(Deadline));
        released.Set();

        Assert.That(thrown!.Failure, Is.EqualTo(CaptureFailure.StopTimedOut));
        await capture.Completion.WaitAsync(Deadline);
        await capture.DisposeAsync();
    }

    [Test]
    public async Task A_capture_is_started_once()
    {
        await using var capture = OpenOrIgnore(new() { Interface = Loopback, Filter = "udp port 9" });
        capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) => { });

        Assert.That(
            () => capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) => { }), Throws.InvalidOperationException);
    }

    [Test]
    public void An_unknown_interface_is_named_with_those_that_exist()
    {
        OpenOrIgnore(new() { Interface = Loopback }).DisposeAsync().AsTask().GetAwaiter().GetResult();

        var thrown = Assert.Throws<CaptureException>(() => choice.Open(new() { Interface = "no-such-if" }));

        Assert.That(thrown.Failure, Is.EqualTo(CaptureFailure.NoSuchInterface));
        Assert.That(thrown.Message, Does.Contain("no-such-if").And.Contain(Loopback));
    }

    [Test]
    public void A_wrong_filter_is_explained_in_the_words_of_the_library()
    {
        OpenOrIgnore(new() { Interface = Loopback }).DisposeAsync().AsTask().GetAwaiter().GetResult();

        var thrown = Assert.Throws<CaptureException>(
            () => choice.Open(new() { Interface = Loopback, Filter = "tcp prt 1" }));

        Assert.That(thrown.Failure, Is.EqualTo(CaptureFailure.BadFilter));
        Assert.That(thrown.Message, Does.Contain("tcp prt 1").And.Contain("pcap-filter(7)"));
    }

    private ILiveCapture OpenOrIgnore(LiveCaptureOptions options)
    {
        try
        {
            return choice.Open(options);
        }
        catch (CaptureException missing) when (
            missing.Failure is CaptureFailure.NoPermission or CaptureFailure.LibraryMissing)
        {
            Assert.Ignore(missing.Message);
            throw;
        }
    }
}
