using System.Net;
using System.Net.Sockets;
using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Capture.Live;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Tests.Capture.Reassembly;

namespace TlsInterop.Tls.Tests.Capture.Live;

/// <summary>Needs libpcap and the right to capture; without them each test says so and is not counted.</summary>
[TestFixture]
[NonParallelizable]
public sealed class LibpcapCaptureTests
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
            Assert.That(header.LinkType, Is.EqualTo(capture.LinkType));
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
    public void An_unknown_interface_is_named_with_those_that_exist()
    {
        OpenOrIgnore(new() { Interface = Loopback }).DisposeAsync().AsTask().GetAwaiter().GetResult();

        var thrown = Assert.Throws<CaptureException>(() => LibpcapCapture.Open(new() { Interface = "no-such-if" }));

        Assert.That(thrown.Failure, Is.EqualTo(CaptureFailure.NoSuchInterface));
        Assert.That(thrown.Message, Does.Contain("no-such-if").And.Contain(Loopback));
    }

    [Test]
    public void A_wrong_filter_is_explained_in_the_words_of_the_library()
    {
        OpenOrIgnore(new() { Interface = Loopback }).DisposeAsync().AsTask().GetAwaiter().GetResult();

        var thrown = Assert.Throws<CaptureException>(
            () => LibpcapCapture.Open(new() { Interface = Loopback, Filter = "tcp prt 1" }));

        Assert.That(thrown.Failure, Is.EqualTo(CaptureFailure.BadFilter));
        Assert.That(thrown.Message, Does.Contain("tcp prt 1").And.Contain("pcap-filter(7)"));
    }

    private static LibpcapCapture OpenOrIgnore(LiveCaptureOptions options)
    {
        try
        {
            return LibpcapCapture.Open(options);
        }
        catch (CaptureException missing) when (
            missing.Failure is CaptureFailure.NoPermission or CaptureFailure.LibraryMissing)
        {
            Assert.Ignore(missing.Message);
            throw;
        }
    }
}
