namespace TlsInterop.Harness.Reports.Exports;

/// <summary>The forms that a run can be written in, the usual one first.</summary>
public static class ExportFormats
{
    public static readonly IReadOnlyList<ExportFormat> All =
    [
        ExportFormat.OfText("markdown", "a summary of at most 60 kB", "summary.md", MarkdownExport.Write),
        ExportFormat.OfText("junit", "XML as JUnit has it, a test case a cell", "junit.xml", JUnitExport.Write),
        ExportFormat.OfText("csv", "a row a cell", "results.csv", CsvExport.Write),
    ];
}
