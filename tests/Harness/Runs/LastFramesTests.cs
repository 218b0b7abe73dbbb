using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class LastFramesTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);
    private static readonly Task Open = new TaskCompletionSource().Task;

    [Test, CancelAfter(20_000)]
    public async Task A_server_that_goes_on_sending_is_not_waited_for_beyond_the_deadline(CancellationToken token)
    {
        var frames = 0;
        await LastFrames.WaitAsync(() => frames++, Open, Silence, TimeSpan.FromMilliseconds(50), token);

        Assert.That(frames, Is.GreaterThan(2));
    }

    [Test, CancelAfter(20_000)]
    public async Task Silence_and_the_connections_end_are_the_end(CancellationToken token)
    {
        await LastFrames.WaitAsync(() => 7, Open, Silence, Never, token);
        await LastFrames.WaitAsync(() => 7, Task.CompletedTask, Never, Never, token);
    }
}
