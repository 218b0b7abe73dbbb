using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>A run as the summary of a job, or as one comment that each run writes over.</summary>
internal static class MarkdownExport
{
    // What is in the way, and how much of it: more names of cells than that nobody reads.
    private const int ShownReds = 60;
    private const int ShownCauses = 30;
    private const string NotKnown = "not known";

    /// <summary>Writes it.</summary>
    public static void Write(RecordedRun run, RunComparison? comparison, TextWriter output)
    {
        var page = new MarkdownPage();
        var reds = run.Results.Where(result => result.IsRed).GroupBy(CauseOf)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => (Cause: same.Key, Cells: same.ToList())).ToList();
        page.Add(MarkdownPage.Marker(run.Matrix));
        var standing = RunStanding.Of(run);
        var problems = RunProblems.Of(run);
        page.Add($"## {Sign(standing)} {MarkdownPage.Code(run.Matrix.Length > 0 ? run.Matrix : run.Name)}"
            + $"\n\n{ResultKinds.Counts(run.Results.CountBy(ResultKinds.Of).ToDictionary())}"
            + $" · {standing.FailsText} · {standing.SkippedText} · {MarkdownPage.Code(run.Name)}\n");
        if (problems.Count > 0) page.Add("\n");
        foreach (var problem in problems) page.Add($"* {MarkdownPage.Code(problem)}\n");
        if (comparison is not null) Changes(page, comparison);
        Causes(page, reds);
        NotRun(page, run.Missing);
        Reds(page, reds, run);
        output.Write(page.ToString());
    }

    private static void Changes(MarkdownPage page, RunComparison comparison)
    {
        page.Add($"\n### Since {MarkdownPage.Code(comparison.NameOf(comparison.Before))}\n\n"
            + $"{ComparisonText.Summary(comparison)}\n");
        var worse = comparison.Regressions.ToLookup(change => change.Kind == ChangeKind.NotRun);
        if (worse.Count > 0) page.Add("\n");
        // What was lost is counted, and stands below by its pairs.
        if (worse[true].Any())
            page.Add($"* {Plural.Of(worse[true].Count(), "cell")} that had a result: "
                + $"{ChangeKinds.Counted(ChangeKind.NotRun)}\n");
        var shown = worse[false].Take(ShownReds).TakeWhile(change => page.Add(
            $"* {ChangeKinds.Counted(change.Kind)}: {MarkdownPage.Code(change.Cell)}\n")).Count();
        var rest = worse[false].Count() - shown;
        if (rest > 0) page.AddLast($"* … and {Plural.Of(rest, "regression")} more\n");
    }

    // Of a server that broke down all cells are lost, and each pair tells it in one line.
    private static void NotRun(MarkdownPage page, IReadOnlyList<string> missing)
    {
        if (missing.Count == 0) return;
        page.Add("\n### Not run\n\n");
        var pairs = missing.CountBy(id => string.Join('/', id.Split('/').Take(2)))
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var shown = pairs.Take(ShownReds).TakeWhile(pair => page.Add(
            $"* {MarkdownPage.Code(pair.Key)}: {Plural.Of(pair.Value, "cell")}\n")).Count();
        var rest = pairs.Skip(shown).Sum(pair => pair.Value);
        if (rest > 0)
            page.AddLast($"* … and {Plural.Of(rest, "cell")} of {Plural.Of(pairs.Count - shown, "pair")} more\n");
    }

    private static void Causes(MarkdownPage page, List<(string Cause, List<CellResult> Cells)> reds)
    {
        if (reds.Count == 0) return;
        page.Add("\n### Why\n\n| cause | cells |\n|---|---:|\n");
        foreach (var (cause, cells) in reds.Take(ShownCauses))
            page.Add($"| {MarkdownPage.TableCode(cause)} | {cells.Count} |\n");
        if (reds.Count > ShownCauses)
            page.Add($"| {reds.Count - ShownCauses} others | {reds.Skip(ShownCauses).Sum(row => row.Cells.Count)} |\n");
    }

    private static void Reds(MarkdownPage page, List<(string Cause, List<CellResult> Cells)> reds, RecordedRun run)
    {
        if (reds.Count == 0) return;
        page.Add("\n### Red\n\n");
        var shown = Evenly(reds.Select(row => row.Cells)).Take(ShownReds)
            .TakeWhile(red => page.Add(Of(red, run))).Count();
        var rest = reds.Sum(row => row.Cells.Count) - shown;
        if (rest > 0) page.AddLast($"\n… and {rest} more: {RunReportFile.Name} of the run names them all\n");
    }

    // One of each cause, then the second of each: a frequent cause doesn't hide a rare one.
    private static IEnumerable<CellResult> Evenly(IEnumerable<List<CellResult>> groups)
    {
        var left = groups.ToList();
        for (var turn = 0; left.Count > 0; turn++)
        {
            left.RemoveAll(cells => cells.Count <= turn);
            foreach (var cells in left) yield return cells[turn];
        }
    }

    private static string Of(CellResult red, RecordedRun run) => string.Concat(
        $"* {MarkdownPage.Code(red.Cell)}: {ResultKinds.Heading(ResultKinds.Of(red))}\n",
        Line("Expected", red.Expected), Line("Got", red.Got),
        Line("Why", Why(red)),
        Line("Again", AgainLine.Of(run.Header?.Again, red.Cell)));

    private static string Line(string name, string? text) =>
        string.IsNullOrWhiteSpace(text) ? "" : $"  * {name}: {MarkdownPage.Code(text)}\n";

    // How often it is red, and where it parts from what is green, says more of a flaky one than what the red one shows.
    private static string? Why(CellResult red) =>
        (red.Verdict == Verdict.Flaky ? null : CellCause.Of(red)?.ToString())
            ?? (red.Why is [var first, ..] ? first : null);

    private static string CauseOf(CellResult red) => CellCause.Of(red)?.Cause
        ?? (red.Verdict == Verdict.Pass ? $"snapshot {red.Snapshot}" : NotKnown);

    // Of a run of which it is not known whether it is whole nobody knows whether it is green.
    private static string Sign(RunStanding standing) =>
        !standing.IsGreen || standing.HasFailed ? "❌" : standing.IsWhole ? "✅" : "⚠️";
}
