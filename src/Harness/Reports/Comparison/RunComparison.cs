using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>A run beside an earlier one, cell by cell.</summary>
public sealed record RunComparison
{
    /// <summary>The earlier run.</summary>
    public required RecordedRun Before { get; init; }

    /// <summary>The later run.</summary>
    public required RecordedRun After { get; init; }

    /// <summary>
    /// Every cell once, in the order of the later run's plan; behind them those that only the earlier one has.
    /// </summary>
    public required IReadOnlyList<CellChange> Changes { get; init; }

    /// <summary>What has to be known to read it, a sentence each: two matrices, a shard, no plan.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The endpoints that are not what they were.</summary>
    public IReadOnlyList<EndpointChange> Endpoints { get; init; } = [];

    /// <summary>How many cells changed how; a kind that is not in it has none.</summary>
    public required IReadOnlyDictionary<ChangeKind, int> Counts { get; init; }

    /// <summary>The cells that are worse than they were.</summary>
    public IEnumerable<CellChange> Regressions => Changes.Where(change => change.IsRegression);

    /// <summary>Compares two runs.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    public static RunComparison Of(RecordedRun before, RecordedRun after)
    {
        var old = before.Results.ToDictionary(result => result.Cell, StringComparer.Ordinal);
        var seen = after.Results.Select(result => result.Cell).Concat(after.Missing)
            .ToHashSet(StringComparer.Ordinal);
        var skipped = (after.Plan?.Skipped ?? []).ToLookup(left => left.Cell, left => left.Reason);
        var (beforeElsewhere, afterElsewhere) = (Elsewhere(before), Elsewhere(after));
        var changes = new List<CellChange>(seen.Count);
        changes.AddRange(after.Results
            .Where(result => !beforeElsewhere.Contains(result.Cell))
            .Select(result => Change(old.GetValueOrDefault(result.Cell), result)));
        changes.AddRange(after.Missing
            .Where(id => !beforeElsewhere.Contains(id))
            .Select(id => new CellChange(id, ChangeKind.NotRun, old.GetValueOrDefault(id), After: null)));
        changes.AddRange(before.Results
            .Where(result => !seen.Contains(result.Cell) && !afterElsewhere.Contains(result.Cell))
            .Select(result => skipped[result.Cell].FirstOrDefault() is { } reason
                ? new CellChange(result.Cell, ChangeKind.Skipped, result, After: null, reason)
                : new CellChange(result.Cell, ChangeKind.Vanished, result, After: null)));
        return new()
        {
            Before = before,
            After = after,
            Changes = changes,
            Counts = changes.CountBy(change => change.Kind).ToDictionary(),
            Remarks = [.. RemarksOn(before, after, changes)],
            Endpoints = EndpointChange.Between(before.Header, after.Header),
        };
    }

    private static CellChange Change(CellResult? before, CellResult after) =>
        new(after.Cell, before is null ? ChangeKind.NewCell : KindOf(before, after), before, after);

    private static ChangeKind KindOf(CellResult before, CellResult after) => (before.IsRed, after.IsRed) switch
    {
        (false, true) => ChangeKind.NewRed,
        (true, true) => ResultFacts.FailsOtherwise(before, after) ? ChangeKind.StillRedOtherwise : ChangeKind.StillRed,
        (true, false) when after.Verdict != Verdict.Pass => ChangeKind.NewKnownFailure,
        (true, false) => ChangeKind.NewGreen,
        _ when before.Verdict == Verdict.Pass && after.Verdict != Verdict.Pass => ChangeKind.NewKnownFailure,
        _ when before.Verdict != Verdict.Pass && after.Verdict == Verdict.Pass => ChangeKind.KnownFailureGone,
        _ => ResultFacts.HasOtherShape(before, after) ? ChangeKind.HandshakeChanged : ChangeKind.Unchanged,
    };

    // Cells that other shards of the run's plan have: this one says nothing about them.
    private static HashSet<string> Elsewhere(RecordedRun run)
    {
        if (run.Header?.Shard is null || run.Plan is null) return [];
        var elsewhere = run.Plan.Cells.Select(planned => planned.Cell).ToHashSet(StringComparer.Ordinal);
        elsewhere.ExceptWith(run.Missing);
        elsewhere.ExceptWith(run.Results.Select(result => result.Cell));
        return elsewhere;
    }

    private static IEnumerable<string> RemarksOn(RecordedRun before, RecordedRun after, List<CellChange> changes)
    {
        if (before.Matrix.Length > 0 && after.Matrix.Length > 0 && before.Matrix != after.Matrix)
            yield return $"these are runs of different matrices, {before.Matrix} and {after.Matrix}: "
                + $"{changes.Count(change => change is { Before: not null, After: not null })} cells are in both";
        foreach (var run in new[] { before, after })
        {
            if (run.Header?.Shard is { } shard)
                yield return $"{run.Name} is shard {shard} of its plan: cells of other shards are left out";
        }
        var vanished = changes.Count(change => change.Kind == ChangeKind.Vanished);
        if (after.Plan is null && vanished > 0)
            yield return $"{after.Name} has no plan: whether the {vanished} cells that vanished were to run is not "
                + "known";
        if (before.Started > after.Started)
            yield return $"{before.Name} is younger than {after.Name}, with which it is compared";
    }
}
