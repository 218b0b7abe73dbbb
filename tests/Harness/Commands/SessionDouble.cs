using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>A session without endpoints: its cells end as they are told to.</summary>
internal sealed class SessionDouble(
    MatrixPlan plan, string parent, Func<Cell, CancellationToken, Task<CellResult>> execute)
    : IRunSession
{
    private readonly Lock _lock = new();
    private int _executed;

    public string Engine => "double 1.0";
    public (int Built, int Reused) Images => (1, 2);
    public long Dropped { get; init; }
    public RunFolder Folder { get; } =
        RunFolder.Create(parent, new DateTimeOffset(2026, 11, 22, 2, 10, 0, TimeSpan.Zero));
    public bool HasLocals { get; init; }

    public KnownFailures KnownFailures { get; init; } = KnownFailures.None;
    public StageTimes Times { get; } = new();

    public bool IsDisposed { get; private set; }
    public int Executed => _executed;
    public IReadOnlyCollection<Glob> Filters { get; private set; } = [];

    public Task<MatrixPlan> PlanAsync(
        string matrixFile, IReadOnlyCollection<Glob> filters, CancellationToken cancellationToken)
    {
        Filters = filters;
        return Task.FromResult(plan);
    }

    public List<JournalHeader> Headers { get; } = [];
    public List<JournalEnd> Ends { get; } = [];
    public List<CellResult> Kept { get; } = [];

    public Task<MatrixPlan> TakeAsync(MatrixPlan planned, CancellationToken cancellationToken) =>
        Task.FromResult(planned);

    public Task<IReadOnlyList<JournalEndpoint>> EndpointsOfAsync(
        IEnumerable<Cell> cells, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<JournalEndpoint>>(
        [.. cells.SelectMany(cell => new[] { cell.Server, cell.Client }).Distinct()
            .Select(endpoint => new JournalEndpoint(endpoint.ToString(), "1.0", "0123456789abcdef"))]);

    public void Begin(JournalHeader header)
    {
        Headers.Add(header);
        Write(journal => journal.Begin(header));
    }

    public void Keep(CellResult result)
    {
        lock (_lock)
        {
            Kept.Add(result);
            Write(journal => journal.Append(result));
        }
    }

    public void Finish(JournalEnd end)
    {
        Ends.Add(end);
        Write(journal => journal.Finish(end));
    }

    public bool IsAbandoned { get; private set; }

    public void Abandon() => IsAbandoned = true;

    private void Write(Action<Journal> line)
    {
        using var journal = new Journal(Folder.Journal);
        line(journal);
    }

    public void WarmUp(IEnumerable<Cell> cells, CancellationToken cancellationToken)
    {
    }

    public bool Waits(Cell cell) => cell.Scenario == "idle";

    public async Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _executed);
        var result = await execute(cell, cancellationToken);
        lock (_lock) Write(journal => journal.Append(result));
        return result;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
