using System.Globalization;
using TlsInterop.Harness.Reports.Exports;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.History;

/// <summary>A history for people and for programs.</summary>
public static class HistoryText
{
    private const string Gap = "  ";
    private const string Problem = "PROBLEM  ";

    /// <summary>For a terminal.</summary>
    /// <param name="history">The runs.</param>
    /// <param name="cells">The cells of it that are shown.</param>
    public static IEnumerable<ReportLine> Lines(RunHistory history, IReadOnlyList<CellHistory> cells)
    {
        foreach (var problem in history.Problems)
            yield return new([new ReportText(Problem, Tone.Warning), problem]) { Hang = Problem.Length };
        yield return new([history.Runs is [var only]
            ? $"1 run, {only}"
            : $"{history.Runs.Count} runs, {history.Runs[0]} to {history.Runs[^1]}, the oldest first"])
        {
            Hang = 0,
        };
        yield return new([new ReportText(HistoryLetters.Legend, Tone.Quiet)]) { Hang = 0 };
        yield return ReportLine.Empty;
        foreach (var cell in cells)
        {
            yield return new(
            [
                .. cell.Strip.Select(letter => new ReportText(letter.ToString(), HistoryLetters.ToneOf(letter))),
                Gap,
                new(cell.Cell, Tone.Strong),
                .. Remarks(cell),
            ])
            {
                Hang = cell.Strip.Length + Gap.Length,
            };
        }
    }

    /// <summary>A document.</summary>
    public static string ToJson(RunHistory history, IReadOnlyList<CellHistory> cells) =>
        DocumentJson.Of(new { history.Runs, history.Problems, Cells = cells }) + "\n";

    /// <summary>Comma-separated values, a row a cell.</summary>
    public static string ToCsv(IReadOnlyList<CellHistory> cells) => string.Concat(cells
        .Select(cell => CsvExport.Row([cell.Cell, cell.Strip, Rate(cell), cell.FirstBad, cell.LastGood]))
        .Prepend(CsvExport.Row(["cell", "strip", "flake rate", "first bad run", "last good run"])));

    private static IEnumerable<ReportText> Remarks(CellHistory cell)
    {
        if (cell.IsRed)
            yield return new(
                $"{Gap}red since {cell.FirstBad}, last good: {cell.LastGood ?? "not in these runs"}", Tone.Bad);
        if (cell.IsLost) yield return new($"{Gap}planned in the last run, and not run", Tone.Bad);
        if (cell.IsFlaky)
            yield return new(
                $"{Gap}flaky: {Plural.Of(cell.Changes, "change")} in {Plural.Of(cell.Comparable, "run")} with the same "
                    + "inputs", Tone.Warning);
    }

    private static string Rate(CellHistory cell) =>
        cell.FlakeRate?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
