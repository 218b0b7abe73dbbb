using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>A run beside an earlier one, cell by cell.</summary>
public sealed record RunComparison
{
    /// <summary>The earlier run.</summary>
    public required RecordedRun Before { get; init; }

    /// <summary>The later run.</summary>
    public required RecordedRun After { get; init; }

    /// <summary>Every cell of either once, by their ids: those of a pair stand together.</summary>
    public required IReadOnlyList<CellChange> Changes { get; init; }

    /// <summary>What has to be known to read it, a sentence each: two matrices, a part of one, no plan.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The endpoints that are not what they were.</summary>
    public IReadOnlyList<EndpointChange> Endpoints { get; init; } = [];

    /// <summary>How many cells changed how; a kind that is not in it has none.</summary>
    public required IReadOnlyDictionary<ChangeKind, int> Counts { get; init; }

    /// <summary>The cells that are worse than they were.</summary>
    public IEnumerable<CellChange> Regressions => Changes.Where(change => change.IsRegression);

    /// <summary>The cells of a kind, those that are red first.</summary>
    public IEnumerable<CellChange> Of(ChangeKind kind) =>
        Changes.Where(change => change.Kind == kind).OrderByDescending(change => change.After is { IsRed: true });

    /// <summary>How one of the two is called; a run and a copy of it have one name, and two folders.</summary>
    public string NameOf(RecordedRun run) => Before.Name == After.Name ? run.Folder : run.Name;

    /// <summary>Compares two runs.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    public static RunComparison Of(RecordedRun before, RecordedRun after)
    {
        var old = before.Results.ToDictionary(result => result.Cell, StringComparer.Ordinal);
        var seen = after.Results.Select(result => result.Cell).Concat(after.Missing)
            .ToHashSet(StringComparer.Ordinal);
        var skipped = (after.Plan?.Skipped ?? []).ToLookup(left => left.Cell, left => left.Reason);
        var lost = before.Missing.ToHashSet(StringComparer.Ordinal);
        var (scopeBefore, scopeAfter) = (new RunScope(before), new RunScope(after));
        var changes = new List<CellChange>(seen.Count);
        changes.AddRange(after.Results
            .Where(result => scopeBefore.Has(result.Cell))
            .Select(result => new CellChange(
                result.Cell,
                old.TryGetValue(result.Cell, out var earlier) ? KindOf(earlier, result)
                    : lost.Contains(result.Cell) ? ChangeKind.NotRunBefore : ChangeKind.NewCell,
                earlier, result)));
        changes.AddRange(after.Missing
            .Where(scopeBefore.Has)
            .Select(id => new CellChange(id, ChangeKind.NotRun, old.GetValueOrDefault(id), After: null)));
        changes.AddRange(before.Results
            .Where(result => !seen.Contains(result.Cell) && scopeAfter.Has(result.Cell))
            .Select(result => skipped[result.Cell].FirstOrDefault() is { } reason
                ? new CellChange(result.Cell, ChangeKind.Skipped, result, After: null, reason)
                : new CellChange(result.Cell, ChangeKind.Vanished, result, After: null)));
        changes.Sort((left, right) => string.CompareOrdinal(left.Cell, right.Cell));
        var comparison = new RunComparison
        {
            Before = before,
            After = after,
            Changes = changes,
            Counts = changes.CountBy(change => change.Kind).ToDictionary(),
            Endpoints = EndpointChange.Between(before, after),
        };
        return comparison with { Remarks = [.. comparison.RemarksOn(scopeBefore, scopeAfter)] };
    }

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

    private IEnumerable<string> RemarksOn(RunScope scopeBefore, RunScope scopeAfter)
    {
        if (Before.Matrix.Length > 0 && After.Matrix.Length > 0 && Before.Matrix != After.Matrix)
        {
            var both = Changes.Count(change => change is { Before: not null, After: not null });
            yield return $"these are runs of different matrices, {Before.Matrix} and {After.Matrix}: "
                + $"{Plural.Of(both, "cell")} {(both == 1 ? "is" : "are")} in both";
        }
        foreach (var remark in scopeBefore.Remarks(NameOf(Before))) yield return remark;
        foreach (var remark in scopeAfter.Remarks(NameOf(After))) yield return remark;
        foreach (var run in new[] { Before, After }.Where(run => run.Header?.Harness.Contains('+') == true))
            yield return $"{NameOf(run)} was made by more than one build of the harness";
        var vanished = Counts.GetValueOrDefault(ChangeKind.Vanished);
        if (After.Plan is null && vanished > 0)
            yield return $"{NameOf(After)} has no plan: whether the {Plural.Of(vanished, "cell")} that vanished "
                + $"{(vanished == 1 ? "was" : "were")} to run is not known";
        if (Before.Started > After.Started)
            yield return $"{NameOf(Before)} is younger than {NameOf(After)}, with which it is compared";
    }
}
