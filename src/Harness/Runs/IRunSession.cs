using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// What a command needs of a session: to know what would run, to run it cell by cell, and to tell about it.
/// </summary>
public interface IRunSession : IAsyncDisposable
{
    /// <summary>The engine, or why there is none.</summary>
    string Engine { get; }

    /// <summary>Images built and reused.</summary>
    (int Built, int Reused) Images { get; }

    /// <summary>Frames that the captures lost.</summary>
    long Dropped { get; }

    RunFolder Folder { get; }
    /// <summary>True if stacks of this machine stand in for containers.</summary>
    bool HasLocals { get; }

    KnownFailures KnownFailures { get; }
    StageTimes Times { get; }

    /// <summary>Reads a matrix, asks its endpoints what they can do, and says which cells shall run.</summary>
    /// <exception cref="MatrixException">The file is wrong.</exception>
    Task<MatrixPlan> PlanAsync(
        string matrixFile, IReadOnlyCollection<Glob> filters, CancellationToken cancellationToken);

    /// <summary>Takes a plan that was made before, and asks the endpoints of its cells.</summary>
    Task<MatrixPlan> TakeAsync(MatrixPlan planned, CancellationToken cancellationToken);

    /// <summary>The endpoints of some cells: what they are, and what they were made of.</summary>
    Task<IReadOnlyList<JournalEndpoint>> EndpointsOfAsync(
        IEnumerable<Cell> cells, CancellationToken cancellationToken);

    /// <summary>
    /// Leaves at once: keys are gone when it returns, and containers and networks are removed by somebody who outlives
    /// this process.
    /// </summary>
    void Abandon();

    /// <summary>Writes into the journal what will be run.</summary>
    void Begin(JournalHeader header);

    /// <summary>Writes a result that was not run here into the journal.</summary>
    void Keep(CellResult result);

    /// <summary>Writes into the journal how it ended.</summary>
    void Finish(JournalEnd end);

    /// <summary>Starts the endpoints of some cells without waiting for them.</summary>
    void WarmUp(IEnumerable<Cell> cells, CancellationToken cancellationToken);

    /// <summary>True for a cell of which most is silence: others can run meanwhile.</summary>
    bool Waits(Cell cell);

    /// <summary>Runs one cell and writes its result into the journal. Many may run at a time.</summary>
    Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken);
}
