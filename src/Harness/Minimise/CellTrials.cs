using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Minimise;

/// <summary>Runs the cells of a search, and keeps what became of them.</summary>
/// <param name="session">Runs them.</param>
/// <param name="failure">The failing cell.</param>
public sealed class CellTrials(ICellSession session, Cell failure)
{
    private readonly Dictionary<Cell, CellResult> _results = [];
    private CellResult? _failed;

    /// <summary>How the failure failed; null until it has.</summary>
    public CellResult? Failed => _failed;

    /// <summary>What became of a cell the last time; null if it was not run.</summary>
    public CellResult? ResultOf(Cell cell) => _results.GetValueOrDefault(cell);

    /// <summary>What a cell came to that was run before, seen from how the failure failed.</summary>
    public Answer Know(Cell cell, CellResult result)
    {
        _results[cell] = result;
        return FailureLikeness.Compare((failure, _failed!), (cell, result));
    }

    /// <summary>Runs a cell. The failure itself says, when it first fails, what the failure is.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<Answer> RunAsync(Cell cell, CancellationToken cancellationToken)
    {
        // What an endpoint turned out to lack since the cells were planned.
        if (session.Catalogue.Lacks(cell) is { } lack) return new(TrialOutcome.CannotRun, lack);
        var result = _results[cell] = await session.ExecuteAsync(cell, cancellationToken);
        if (_failed is null && result.Verdict is Verdict.Pass or Verdict.Unsupported)
            return new(result.Verdict == Verdict.Pass ? TrialOutcome.Green : TrialOutcome.CannotRun, result.Got ?? "");
        _failed ??= result;
        return FailureLikeness.Compare((failure, _failed), (cell, result));
    }
}
