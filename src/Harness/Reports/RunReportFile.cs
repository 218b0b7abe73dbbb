namespace TlsInterop.Harness.Reports;

/// <summary>
/// <c>report.txt</c>: the whole report beside the journal, without colours, with every red cell, every reason to skip,
/// what clients did with certificates that have a fault, and what was negotiated.
/// </summary>
public static class RunReportFile
{
    public const string Name = "report.txt";

    private const int Width = 160;

    /// <summary>Writes the report.</summary>
    /// <param name="report">What the run came to.</param>
    /// <param name="header">What the run began with.</param>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(RunReport report, IEnumerable<ReportLine> header, string folder)
    {
        var skipped = SkipReasons.Group(report.Plan.Skipped)
            .Select(group => new ReportLine([$"skipped {group.Count} × {group.Reason}"]));
        File.WriteAllLines(
            Path.Combine(folder, Name),
            [.. Partial(report).Concat(header).Concat([ReportLine.Empty, .. RunReportText.Lines(report, Width)])
                .Concat([ReportLine.Empty, .. skipped, ReportLine.Empty, .. CertificateTable.Of(report.Results)])
                .Concat([ReportLine.Empty, .. NegotiationTable.Of(report.Results)])
                .Select(line => line.ToString())]);
    }

    private static IEnumerable<ReportLine> Partial(RunReport report) => report.NotRun == 0 ? [] :
    [
        new([$"PARTIAL    {report.Results.Count} of {report.Plan.Cells.Count} cells ran "
            + $"({report.Interruption ?? "lost"}): what follows is about these alone"]),
        ReportLine.Empty,
    ];
}
