using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>
/// A comparison for a terminal: what is wrong with the runs, what is worse, what else is news, the counts.
/// </summary>
public static class ComparisonText
{
    private const string Indent = "      ";
    private const int Label = 9;

    /// <summary>The lines.</summary>
    /// <param name="comparison">What is told.</param>
    /// <param name="most">The most cells of one kind that are named.</param>
    public static IEnumerable<ReportLine> Lines(RunComparison comparison, int most)
    {
        foreach (var problem in Problems(comparison))
            yield return new([new ReportText("PROBLEM  ", Tone.Warning), problem]) { Hang = Label };
        foreach (var remark in comparison.Remarks)
            yield return new([new ReportText("NOTE     ", Tone.Warning), remark]) { Hang = Label };
        yield return Run("before", comparison, comparison.Before);
        yield return Run("after", comparison, comparison.After);
        foreach (var change in comparison.Endpoints)
            yield return new([new ReportText("endpoint ", Tone.Strong), change.ToString()]) { Hang = Label };
        foreach (var kind in Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.Unchanged))
        {
            if (!comparison.Counts.TryGetValue(kind, out var count)) continue;
            yield return ReportLine.Empty;
            yield return new([new ReportText(
                $"{ChangeKinds.Counted(kind, count).ToUpperInvariant()} ({count}): {ChangeKinds.Meaning(kind, count)}",
                ChangeKinds.ToneOf(kind))]) { Hang = 0 };
            foreach (var change in comparison.Of(kind).Take(most))
            {
                foreach (var line in Of(change)) yield return line;
            }
            if (count > most) yield return new([new ReportText($"  … and {count - most} more: --all", Tone.Quiet)]);
        }
        yield return ReportLine.Empty;
        yield return Summary(comparison);
    }

    /// <summary>What is wrong with either run, a sentence each, with the run's name.</summary>
    public static IEnumerable<string> Problems(RunComparison comparison) =>
        new[] { comparison.Before, comparison.After }.SelectMany(
            RunProblems.Of, (run, problem) => $"{comparison.NameOf(run)}: {problem}");

    /// <summary>How many cells changed how, in a line.</summary>
    public static ReportLine Summary(RunComparison comparison)
    {
        var parts = new List<ReportText> { $"{Plural.Of(comparison.Changes.Count, "cell")}: " };
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            if (!comparison.Counts.TryGetValue(kind, out var count)) continue;
            if (parts.Count > 1) parts.Add(", ");
            parts.Add(new($"{count} {ChangeKinds.Counted(kind, count)}", ChangeKinds.ToneOf(kind)));
        }
        var regressions = comparison.Regressions.Count();
        parts.Add(" · ");
        parts.Add(new(Plural.Of(regressions, "regression"), regressions > 0 ? Tone.Bad : Tone.Good));
        return new(parts) { Hang = 0 };
    }

    private static ReportLine Run(string word, RunComparison comparison, RecordedRun run) => new(
    [
        new ReportText(word.PadRight(Label), Tone.Strong),
        $"{comparison.NameOf(run)} · {(run.Matrix.Length > 0 ? run.Matrix : "matrix not known")}"
            + $" · {run.Started:yyyy-MM-dd HH:mm} UTC · {RunStanding.Of(run)}",
    ])
    {
        Hang = Label,
    };

    private static IEnumerable<ReportLine> Of(CellChange change)
    {
        yield return new(["  ", new ReportText(change.Cell, Tone.Strong)]) { Hang = 2 };
        foreach (var difference in change.Differences) yield return Fact(new(difference, Tone.Quiet));
        if (change.Reason is { } reason) yield return Fact(reason);
        if (change is not { Kind: not ChangeKind.StillRed, After: { IsRed: true } after }) yield break;
        if (after.Got is { } got) yield return Fact($"Got: {got}");
        if (CellCause.Of(after) is { } cause) yield return Fact($"Why: {cause}");
    }

    private static ReportLine Fact(ReportText text) => new([Indent, text]) { Hang = Indent.Length };
}
