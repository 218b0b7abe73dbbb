using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>
/// A comparison for a terminal: what is wrong with the runs, what is worse, what else is news, the counts.
/// </summary>
public static class ComparisonText
{
    private const string Indent = "      ";

    /// <summary>The lines.</summary>
    /// <param name="comparison">What is told.</param>
    /// <param name="most">The most cells of one kind that are named.</param>
    public static IEnumerable<ReportLine> Lines(RunComparison comparison, int most)
    {
        foreach (var run in new[] { comparison.Before, comparison.After })
        {
            foreach (var problem in run.Problems)
                yield return new([new ReportText("PROBLEM  ", Tone.Warning), $"{run.Name}: {problem}"]);
        }
        foreach (var remark in comparison.Remarks)
            yield return new([new ReportText("NOTE     ", Tone.Warning), remark]);
        yield return Run("before", comparison.Before);
        yield return Run("after", comparison.After);
        foreach (var change in comparison.Endpoints)
            yield return new([new ReportText("endpoint ", Tone.Strong), change.ToString()]);
        foreach (var kind in Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.Unchanged))
        {
            if (!comparison.Counts.TryGetValue(kind, out var count)) continue;
            yield return ReportLine.Empty;
            yield return new([new ReportText(
                $"{ChangeKinds.Counted(kind).ToUpperInvariant()} ({count}): {ChangeKinds.Meaning(kind)}",
                ChangeKinds.ToneOf(kind))]);
            foreach (var change in comparison.Changes.Where(change => change.Kind == kind).Take(most))
            {
                foreach (var line in Of(change)) yield return line;
            }
            if (count > most) yield return new([new ReportText($"  … and {count - most} more: --all", Tone.Quiet)]);
        }
        yield return ReportLine.Empty;
        yield return Summary(comparison);
    }

    /// <summary>How many cells changed how, in a line.</summary>
    public static ReportLine Summary(RunComparison comparison)
    {
        var parts = new List<ReportText> { $"{comparison.Changes.Count} cells: " };
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            if (!comparison.Counts.TryGetValue(kind, out var count)) continue;
            if (parts.Count > 1) parts.Add(", ");
            parts.Add(new($"{count} {ChangeKinds.Counted(kind)}", ChangeKinds.ToneOf(kind)));
        }
        var regressions = comparison.Regressions.Count();
        parts.Add(" · ");
        parts.Add(new($"{regressions} {(regressions == 1 ? "regression" : "regressions")}",
            regressions > 0 ? Tone.Bad : Tone.Good));
        return new(parts);
    }

    private static ReportLine Run(string word, RecordedRun run) => new(
    [
        new ReportText(word.PadRight(9), Tone.Strong),
        $"{run.Name} · {(run.Matrix.Length > 0 ? run.Matrix : "matrix not known")} · {run.Started:yyyy-MM-dd HH:mm} UTC"
            + $" · {run.Results.Count} results",
    ]);

    private static IEnumerable<ReportLine> Of(CellChange change)
    {
        yield return new(["  ", new ReportText(change.Cell, Tone.Strong)]);
        foreach (var difference in change.Differences) yield return new([Indent, new ReportText(difference, Tone.Quiet)]);
        if (change.Reason is { } reason) yield return new([$"{Indent}{reason}"]);
        if (change is not { Kind: ChangeKind.NewRed or ChangeKind.StillRedOtherwise, After: { } after }) yield break;
        if (after.Got is { } got) yield return new([$"{Indent}Got: {got}"]);
        if (after.Diagnosis is { } cause) yield return new([$"{Indent}Why: {cause}"]);
    }
}
