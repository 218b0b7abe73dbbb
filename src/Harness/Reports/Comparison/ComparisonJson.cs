using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>A comparison for programs. Cells that are as before are counted, and not listed.</summary>
public static class ComparisonJson
{
    /// <summary>The document.</summary>
    public static string Of(RunComparison comparison) => DocumentJson.Of(
        new
        {
            Before = Run(comparison.Before),
            After = Run(comparison.After),
            comparison.Remarks,
            comparison.Endpoints,
            Counts = comparison.Counts.OrderBy(entry => entry.Key)
                .ToDictionary(entry => ChangeKinds.NameOf(entry.Key), entry => entry.Value),
            Regressions = comparison.Regressions.Count(),
            Changes = comparison.Changes.Where(change => change.Kind != ChangeKind.Unchanged),
        });

    private static object Run(RecordedRun run) => new
    {
        run.Name, run.Matrix, run.Started, run.Header?.Shard, run.IsWhole, Results = run.Results.Count,
        NotRun = run.Plan is null ? (int?)null : run.Missing.Count, Problems = RunProblems.Of(run),
    };
}
