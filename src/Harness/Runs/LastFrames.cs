namespace TlsInterop.Harness.Runs;

/// <summary>Waits for what is still under way when a client has ended.</summary>
internal static class LastFrames
{
    /// <summary>Ends with the connection, or when nothing came for a while, or at the deadline.</summary>
    /// <param name="count">Frames so far.</param>
    /// <param name="completed">The connection's end.</param>
    /// <param name="silence">Nothing for so long is the end.</param>
    /// <param name="deadline">No server has more time than this, however much it sends.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task WaitAsync(
        Func<int> count, Task completed, TimeSpan silence, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        var before = -1;
        while (before != count() && !completed.IsCompleted && TimeProvider.System.GetElapsedTime(since) < deadline)
        {
            before = count();
            var left = deadline - TimeProvider.System.GetElapsedTime(since);
            var pause = left < silence ? left : silence;
            await Task.WhenAny(completed, Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
