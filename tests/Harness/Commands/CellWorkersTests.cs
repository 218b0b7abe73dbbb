using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class CellWorkersTests
{
    private static readonly string[] Others = [.. Enumerable.Range(1, 12).Select(number =>
        $"openssl@v{number}/gnutls@bookworm/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256")];

    private readonly Lock _lock = new();
    private int _running;
    private int _most;

    [Test]
    [CancelAfter(30_000)]
    public async Task Cells_that_stand_still_do_not_keep_the_others_waiting(CancellationToken cancelled)
    {
        // They stand still until all others are done, of which one has the same server as the first of them.
        string[] still = [TestCells.First, TestCells.Third];
        var left = Others.Length + 1;
        var othersDone = new TaskCompletionSource();

        var results = await RunAsync([.. still, TestCells.Second, .. Others], workers: 2, async cell =>
        {
            if (still.Contains(cell.Id)) await othersDone.Task.WaitAsync(cancelled);
            else if (Interlocked.Decrement(ref left) == 0) othersDone.SetResult();
        });

        Assert.That(results.Count, Is.EqualTo(still.Length + Others.Length + 1));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task However_many_stand_still_twice_as_many_run_as_there_are_workers_and_no_more(
        CancellationToken cancelled)
    {
        var full = new TaskCompletionSource();

        await RunAsync([TestCells.First, TestCells.Third, .. Others], workers: 2, async _ =>
        {
            lock (_lock)
            {
                if (_running == 4) full.TrySetResult();
            }
            await full.Task.WaitAsync(cancelled);
        });

        Assert.That(_most, Is.EqualTo(4));
    }

    [Test]
    public async Task Who_asks_for_one_worker_has_one_cell_at_a_time()
    {
        await RunAsync([TestCells.First, TestCells.Third, .. Others], workers: 1, async _ => await Task.Yield());

        Assert.That(_most, Is.EqualTo(1));
    }

    [Test]
    public void What_breaks_while_others_run_is_told()
    {
        Assert.That(
            () => RunAsync([TestCells.First, TestCells.Third, .. Others], workers: 2, async cell =>
            {
                await Task.Yield();
                if (cell.Id == TestCells.First) throw new IOException("No space left on device");
            }),
            Throws.InstanceOf<IOException>());
    }

    private async Task<IReadOnlyList<CellResult>> RunAsync(string[] ids, int workers, Func<Cell, Task> execute)
    {
        (_running, _most) = (0, 0);
        var folder = Directory.CreateTempSubdirectory("tlsinterop-workers-");
        try
        {
            var plan = TestCells.Plan(ids);
            await using var session = new SessionDouble(plan, folder.FullName, async (cell, _) =>
            {
                lock (_lock) _most = Math.Max(_most, ++_running);
                await execute(cell);
                lock (_lock) _running--;
                return TestCells.Passed(cell.Id);
            });
            var results = new List<CellResult>();
            var cellWorkers = new CellWorkers(
                session, plan.Cells, result => { lock (_lock) results.Add(result); }, new HastyTime());
            await cellWorkers.RunAsync(workers, CancellationToken.None, CancellationToken.None);
            return results;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Time in which whatever is waited for has come at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
