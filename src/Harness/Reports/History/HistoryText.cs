using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TlsInterop.Harness.Reports.History;

/// <summary>A history for people and for programs.</summary>
public static class HistoryText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>For a terminal.</summary>
    /// <param name="history">The runs.</param>
    /// <param name="cells">The cells of it that are shown.</param>
    public static IEnumerable<ReportLine> Lines(RunHistory history, IReadOnlyList<CellHistory> cells)
    {
        foreach (var problem in history.Problems)
            yield return new([new ReportText("PROBLEM  ", Tone.Warning), problem]);
        yield return new([$"{history.Runs.Count} runs, {history.Runs[0]} to {history.Runs[^1]}, the oldest first"]);
        yield return new([new ReportText(HistoryLetters.Legend, Tone.Quiet)]);
        yield return ReportLine.Empty;
        foreach (var cell in cells)
        {
            yield return new(
            [
                .. cell.Strip.Select(letter => new ReportText(letter.ToString(), HistoryLetters.ToneOf(letter))),
                "  ",
                new(cell.Cell, Tone.Strong),
                new(Remarks(cell), cell.IsRed ? Tone.Bad : cell.IsFlaky ? Tone.Warning : Tone.Quiet),
            ]);
        }
    }

    /// <summary>A document.</summary>
    public static string ToJson(RunHistory history, IReadOnlyList<CellHistory> cells) =>
        JsonSerializer.Serialize(new { history.Runs, history.Problems, Cells = cells }, Json) + "\n";

    /// <summary>RFC 4180: a row a cell. Nothing in it needs quotes: ids have no comma, letters are letters.</summary>
    public static string ToCsv(IReadOnlyList<CellHistory> cells) => string.Concat(cells
        .Select(cell => string.Join(',', cell.Cell, cell.Strip, Rate(cell), cell.FirstBad, cell.LastGood))
        .Prepend("cell,strip,flake rate,first bad run,last good run").Select(row => row + "\r\n"));

    private static string Remarks(CellHistory cell)
    {
        var text = "";
        if (cell.IsRed) text += $"  red since {cell.FirstBad}, last good: {cell.LastGood ?? "never"}";
        if (cell.IsFlaky) text += $"  flaky: {cell.Changes} changes in {cell.Comparable} runs with the same inputs";
        return text;
    }

    private static string Rate(CellHistory cell) =>
        cell.FlakeRate?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
