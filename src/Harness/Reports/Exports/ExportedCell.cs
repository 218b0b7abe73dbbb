using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>A cell of a run, whether it ran or not.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Result">Its result; null if it has none.</param>
/// <param name="SkipReason">Why it was left out; null if it was not.</param>
internal readonly record struct ExportedCell(string Id, CellResult? Result, string? SkipReason)
{
    /// <summary>What became of it in one or two words: <c>pass</c>, <c>known failure</c>, <c>skipped</c>.</summary>
    public string Outcome => Result is not null ? ResultKinds.Heading(ResultKinds.Of(Result)).ToLowerInvariant()
        : SkipReason is not null ? "skipped" : "not run";

    /// <summary>The parts of the id: server, client, scenario, the rest; empty where it has none.</summary>
    public string[] Parts
    {
        get
        {
            var parts = Id.Split('/', 4);
            return [.. parts, .. Enumerable.Repeat("", 4 - parts.Length)];
        }
    }

    /// <summary>Every cell of a run: results, what is missing, what was skipped.</summary>
    public static IEnumerable<ExportedCell> AllOf(RecordedRun run) => run.Results
        .Select(result => new ExportedCell(result.Cell, result, null))
        .Concat(run.Missing.Select(id => new ExportedCell(id, null, null)))
        .Concat((run.Plan?.Skipped ?? []).Select(left => new ExportedCell(left.Cell, null, left.Reason)));

    /// <summary>How each cell changed, by its id; empty if there is nothing to compare with.</summary>
    public static Dictionary<string, CellChange> ChangesOf(RunComparison? comparison) =>
        (comparison?.Changes ?? []).ToDictionary(change => change.Cell, StringComparer.Ordinal);
}
