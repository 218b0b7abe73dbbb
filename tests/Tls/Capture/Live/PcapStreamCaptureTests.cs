using System.IO.Pipes;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Live;
using TlsInterop.Tls.Tests.Capture.Files;

namespace TlsInterop.Tls.Tests.Capture.Live;

[TestFixture]
public sealed class PcapStreamCaptureTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly byte[] Header = new TestFile(true).Pcap(0xa1b23c4d).ToArray();
    private static readonly byte[] Record = new TestFile(true).PcapRecord(1, 2, [1, 2, 3]).ToArray();

    [Test]
    public async Task Frames_are_delivered_as_they_are_written_and_losses_are_unknown()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var capture = new PcapStreamCapture(
            new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle), "the test", () =>
                writer.DisposeAsync());
        var seen = new TaskCompletionSource<long>();
        capture.Start((in FrameHeader header, ReadOnlySpan<byte> _) => seen.TrySetResult(header.At.UnixNanoseconds));
        Assert.That(capture.Ready.IsCompleted, Is.False);

        await writer.WriteAsync(Header);
        await capture.Ready.WaitAsync(Deadline);
        await writer.WriteAsync(Record);

        Assert.That(await seen.Task.WaitAsync(Deadline), Is.EqualTo(1_000_000_002));
        Assert.That(capture.ReadCounters(), Is.EqualTo(new CaptureCounters(1, null, null, null)));
    }

    [Test]
    public async Task A_stream_that_breaks_off_inside_a_frame_breaks_the_capture()
    {
        await using var capture = new PcapStreamCapture(new MemoryStream([.. Header, .. Record[..^1]]), "the test");

        capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) => { });

        var thrown = await Assert.ThrowsAsync<CaptureException>(() => capture.Completion.WaitAsync(Deadline));
        Assert.That(thrown!.Message, Does.Contain("cut in the middle of a frame or block at octet 24"));
    }

    [Test]
    public async Task A_program_that_ends_before_it_captures_is_never_ready()
    {
        await using var capture = new PcapStreamCapture(new MemoryStream([]), "the test");

        capture.Start((in FrameHeader _, ReadOnlySpan<byte> _) => { });

        await Assert.ThatAsync(() => capture.Ready.WaitAsync(Deadline), Throws.TypeOf<CaptureException>());
    }
}
