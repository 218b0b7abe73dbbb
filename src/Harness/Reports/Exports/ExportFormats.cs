using TlsInterop.Harness.Reports.Html;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>The forms that a run can be written in, the usual one first.</summary>
public static class ExportFormats
{
    public static readonly IReadOnlyList<ExportFormat> All =
    [
        new("html", "a folder of pages that open from disk; index.html is the first", HtmlReport.FolderName,
            (run, comparison, path, cancellationToken) =>
                HtmlReport.WriteAsync(run, comparison, path, cancellationToken: cancellationToken)),
        ExportFormat.OfText("markdown", "a summary of at most 60 kB", "summary.md", MarkdownExport.Write),
        ExportFormat.OfText("junit", "XML as JUnit has it, a test case a cell", "junit.xml", JUnitExport.Write),
        ExportFormat.OfText("csv", "a row a cell", "results.csv", CsvExport.Write),
    ];
}
