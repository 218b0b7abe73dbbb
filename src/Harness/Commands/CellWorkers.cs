using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// Runs cells side by side, taken in the order of the plan; those that share a configured server stay with one worker
/// (see <see cref="CellLane"/>). Those that mostly wait have workers of their own, twice as many: they need time and no
/// processor, which the others would stand idle for. A worker whose cell stands still has a substitute for that long.
/// </summary>
/// <param name="session">Where the cells run.</param>
/// <param name="cells">The cells, in the order of the plan.</param>
/// <param name="onResult">Receives each result.</param>
/// <param name="time">Tells how long a cell takes.</param>
internal sealed class CellWorkers(
    IRunSession session, IReadOnlyList<Cell> cells, Action<CellResult> onResult, TimeProvider time)
{
    // What takes as long as this waits for something: handshakes take a hundredth of it.
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(3);

    /// <summary>Runs until all cells are done, or until it is stopped.</summary>
    /// <param name="workers">Cells that run side by side, beside those that mostly wait.</param>
    /// <param name="stop">No more cells are taken.</param>
    /// <param name="abort">Cells under way are given up; they leave no result.</param>
    /// <exception cref="IOException">Evidence can't be kept: the disk is full.</exception>
    /// <exception cref="CaptureException">The capture broke off; nothing that runs after it has evidence.</exception>
    public async Task RunAsync(int workers, CancellationToken stop, CancellationToken abort)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Who asks for one worker wants one cell after the other.
        var places = Enumerable.Range(0, cells.Count).ToLookup(at => workers > 1 && session.Waits(cells[at]));
        var (busy, silent) = (new CellLane(cells, places[false]), new CellLane(cells, places[true]));
        // As many as there are workers: a machine that is slow because it has too much to do must not get much more.
        using var substitutes = new SemaphoreSlim(workers > 1 ? workers : 0);
        var lanes = Enumerable.Repeat(busy, workers).Concat(Enumerable.Repeat(silent, workers * 2));
        await Task.WhenAll(lanes.Select(lane => Task.Run(
            () => WorkAsync(lane, lane == busy ? substitutes : null, broken, abort), CancellationToken.None)));
    }

    private async Task WorkAsync(
        CellLane lane, SemaphoreSlim? substitutes, CancellationTokenSource broken, CancellationToken abort)
    {
        Queue<int>? own = null;
        while (!broken.IsCancellationRequested && lane.TryTake(ref own, out var at))
        {
            var run = RunAtAsync(at, broken, abort);
            if (substitutes is not null && !await EndsSoonAsync(run) && substitutes.Wait(0, CancellationToken.None))
            {
                // It begins elsewhere: what has the same server may stand still as well, and is left until somebody
                // finds nothing else to do. This one ends with its cell.
                var substitute = Task.Run(
                    () => WorkAsync(lane, substitutes, broken, abort), CancellationToken.None);
                try
                {
                    await run;
                }
                finally
                {
                    substitutes.Release();
                    await substitute;
                }
                return;
            }
            await run;
        }
    }

    private async Task<bool> EndsSoonAsync(Task run)
    {
        using var ended = new CancellationTokenSource();
        var soon = await Task.WhenAny(run, Task.Delay(Standstill, time, ended.Token)) == run;
        await ended.CancelAsync();
        return soon;
    }

    private async Task RunAtAsync(int at, CancellationTokenSource broken, CancellationToken abort)
    {
        try
        {
            // They are in the journal, and nowhere else: a hundred thousand are as much memory as all the rest.
            onResult(await ResultOfAsync(cells[at], abort));
        }
        catch when (abort.IsCancellationRequested)
        {
            // It leaves no result, and nobody takes more.
            await broken.CancelAsync();
        }
        catch
        {
            // The other workers finish their cells, and take no more.
            await broken.CancelAsync();
            throw;
        }
    }

    private async Task<CellResult> ResultOfAsync(Cell cell, CancellationToken abort)
    {
        var (started, since) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            return await session.ExecuteAsync(cell, abort);
        }
        catch (Exception failure) when (
            !abort.IsCancellationRequested && failure is not CaptureException && !FailureText.IsDiskFull(failure))
        {
            // One cell that the harness trips over must not take the others with it.
            var result = new CellResult
            {
                Cell = cell.Id,
                Verdict = Verdict.Error,
                IsRed = true,
                Expected = "a verdict",
                Got = FailureText.Of(failure) ?? $"a fault of the harness: {failure}",
                Started = started,
                Milliseconds = Math.Round(time.GetElapsedTime(since).TotalMilliseconds, 1),
            };
            session.Keep(result);
            return result;
        }
    }
}
