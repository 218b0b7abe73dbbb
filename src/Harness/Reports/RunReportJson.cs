namespace TlsInterop.Harness.Reports;

/// <summary>A run's report for programs: one JSON document.</summary>
public static class RunReportJson
{
    /// <summary>The document: counts by kind, every red cell as its journal has it, and what was skipped why.</summary>
    public static string Of(RunReport report) => DocumentJson.Of(new
    {
        matrix = report.Plan.Name,
        isGreen = report.IsGreen,
        planned = report.Plan.Planned,
        ran = report.Results.Count,
        notRun = report.NotRun,
        takenOver = report.Reused,
        interruption = report.Interruption,
        counts = report.Results.CountBy(ResultKinds.Of).ToDictionary(row => row.Key, row => row.Value),
        droppedPackets = report.Dropped,
        red = report.Reds,
        required = report.Required is null ? null : new { cells = report.Required.Count, broken = report.Broken },
        skipped = SkipReasons.Group(report.Plan.Skipped).Select(group => new { group.Reason, group.Count }),
        problems = report.Problems.Select(problem => problem.ToString()),
        warnings = report.Warnings.Select(warning => warning.ToString()),
        mismatch = report.Mismatch,
        folder = report.Folder,
        page = report.Page,
    });
}
