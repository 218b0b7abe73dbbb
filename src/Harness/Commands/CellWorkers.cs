using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// Runs cells side by side, taken in the order of the plan; those that share a configured server stay with one worker
/// (see <see cref="CellLane"/>). Those that mostly wait have workers of their own, twice as many: they need time and no
/// processor, which the others would stand idle for.
/// </summary>
internal sealed class CellWorkers(IRunSession session, IReadOnlyList<Cell> cells, Action<CellResult> onResult)
{
    private readonly CellResult?[] _results = new CellResult?[cells.Count];
    private readonly StringPool _texts = new();

    /// <summary>What is finished, in the order of the plan.</summary>
    public IReadOnlyList<CellResult> Results => [.. _results.OfType<CellResult>()];

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
        var lanes = Enumerable.Repeat(busy, workers).Concat(Enumerable.Repeat(silent, workers * 2));
        await Task.WhenAll(
            lanes.Select(lane => Task.Run(() => WorkAsync(lane, broken, abort), CancellationToken.None)));
    }

    private async Task WorkAsync(CellLane lane, CancellationTokenSource broken, CancellationToken abort)
    {
        Queue<int>? own = null;
        while (!broken.IsCancellationRequested && lane.TryTake(ref own, out var at))
        {
            try
            {
                var result = await RunAsync(cells[at], abort);
                lock (_texts) _results[at] = _texts.Of(result);
                onResult(result);
            }
            catch when (abort.IsCancellationRequested)
            {
                return;
            }
            catch
            {
                // The other workers finish their cells, and take no more.
                await broken.CancelAsync();
                throw;
            }
        }
    }

    private async Task<CellResult> RunAsync(Cell cell, CancellationToken abort)
    {
        try
        {
            return await session.ExecuteAsync(cell, abort);
        }
        catch (Exception failure) when (
            !abort.IsCancellationRequested && failure is not CaptureException && !FailureText.IsDiskFull(failure))
        {
            // One cell that the harness trips over must not take the others with it.
            return new CellResult
            {
                Cell = cell.Id,
                Verdict = Verdict.Error,
                IsRed = true,
                Expected = "a verdict",
                Got = FailureText.Of(failure) ?? $"a fault of the harness: {failure}",
            };
        }
    }
}
