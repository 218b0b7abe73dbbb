using System.Globalization;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>A run as comma-separated values: a row a cell (RFC 4180).</summary>
internal static class CsvExport
{
    // What a spreadsheet takes for the beginning of a formula.
    private const string FormulaStarts = "=+-@\t\r";

    private static readonly (string Name, Func<ExportedCell, CellChange?, string?> Of)[] Columns =
    [
        ("cell", (cell, _) => cell.Id),
        ("server", (cell, _) => cell.Parts[0]),
        ("client", (cell, _) => cell.Parts[1]),
        ("scenario", (cell, _) => cell.Parts[2]),
        ("parameters", (cell, _) => cell.Parts[3]),
        ("outcome", (cell, _) => cell.Outcome),
        ("red", (cell, _) => cell.Result is { } result ? (result.IsRed ? "yes" : "no") : null),
        ("change", (_, change) => change is null ? null : ChangeKinds.Counted(change.Kind)),
        ("reason", (cell, _) => cell.SkipReason),
        ("expected", (cell, _) => cell.Result?.Expected),
        ("got", (cell, _) => cell.Result?.Got),
        ("cause", (cell, _) => CauseOf(cell.Result)?.Cause),
        ("confidence", (cell, _) => Number(CauseOf(cell.Result)?.Confidence)),
        ("alert", (cell, _) => cell.Result?.Alert),
        ("from", (cell, _) => cell.Result?.From is { } direction ? CellWords.Ends(direction) : null),
        ("after", (cell, _) => cell.Result?.After),
        ("effective", (cell, _) => cell.Result?.Effective),
        ("snapshot", (cell, _) => cell.Result?.Snapshot),
        ("started", (cell, _) => cell.Result?.Started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        ("milliseconds", (cell, _) => Number(cell.Result?.Milliseconds)),
        ("reused from", (cell, _) => cell.Result?.ReusedFrom),
        ("evidence", (cell, _) => cell.Result?.Evidence),
    ];

    /// <summary>Writes it.</summary>
    public static void Write(RecordedRun run, RunComparison? comparison, TextWriter output)
    {
        var changes = ExportedCell.ChangesOf(comparison);
        output.Write(Row(Columns.Select(column => column.Name)));
        foreach (var cell in ExportedCell.AllOf(run))
            output.Write(Row(Columns.Select(column => column.Of(cell, changes.GetValueOrDefault(cell.Id)))));
    }

    /// <summary>A row, with its end of line.</summary>
    // RFC 4180, Section 2: rows end with CRLF; a field with a comma, a quote or an end of line is quoted.
    public static string Row(IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\r\n";

    private static string Field(string? text)
    {
        var plain = ForeignText.WithoutControls(text ?? "");
        if (plain.Length > 0 && FormulaStarts.Contains(plain[0], StringComparison.Ordinal)) plain = "'" + plain;
        return plain.AsSpan().IndexOfAny(",\"\n") < 0
            ? plain
            : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? Number<T>(T? number)
        where T : struct, IFormattable => number?.ToString("0.###", CultureInfo.InvariantCulture);

    private static CellDiagnosis? CauseOf(CellResult? result) => result is null ? null : CellCause.Of(result);
}
