namespace TlsInterop.Harness.Reports;

/// <summary>A run's report as lines: reds first, then the table, the one-line summary last.</summary>
public static class RunReportText
{
    /// <summary>Red cells that a screen shows in full; a file holds them all.</summary>
    public const int RedsOnScreen = 12;

    /// <summary>The report.</summary>
    /// <param name="report">What the run came to.</param>
    /// <param name="width">Columns that there is room for.</param>
    /// <param name="reds">The most reasons of red cells to tell in full.</param>
    public static IEnumerable<ReportLine> Lines(RunReport report, int width, int reds = int.MaxValue)
    {
        // What ended a cell before there was any evidence ends others too: an endpoint that can't be started.
        var told = report.Reds.OrderByDescending(ResultKinds.Of)
            .GroupBy(red => red.Evidence is null ? $"{red.Got}\n{string.Join('\n', red.Why)}" : red.Cell)
            .Select(same => same.ToArray()).ToArray();
        foreach (var same in told.Take(reds))
        {
            foreach (var line in RedText.Of(same[0], report, same.Length - 1)) yield return line;
            yield return ReportLine.Empty;
        }
        if (told.Skip(reds).Sum(same => same.Length) is > 0 and var more)
        {
            yield return new ReportLine([new ReportText(
                $"… and {more} more: {Path.Combine(report.Folder, RunReportFile.Name)}", Tone.Warning)]);
            yield return ReportLine.Empty;
        }
        foreach (var problem in report.Problems)
            yield return Told("LIST  ", Tone.Bad, problem.ToString());
        foreach (var warning in report.Warnings)
            yield return Told("SOON  ", Tone.Warning, warning.ToString());
        var broken = report.Broken;
        foreach (var required in broken.Take(reds))
            yield return Told("REQUIRED  ", Tone.Bad, required);
        if (broken.Count > reds)
            yield return new ReportLine(
                [new ReportText($"… and {broken.Count - reds} more that are required", Tone.Bad)]);
        if (report.Results.Count > 0)
        {
            foreach (var line in VerdictTable.Of(report.Plan, report.Results, width)) yield return line;
            yield return ReportLine.Empty;
        }
        foreach (var line in DifferenceTable.Of(report.Results, reds)) yield return line;
        if (report.Results.Any(result => result.Difference is not null)) yield return ReportLine.Empty;
        if (report.Mismatch is { } mismatch)
            yield return Told("ERROR  ", Tone.Bad, mismatch);
        if (report.Results.Count == 0)
            yield return Told("ERROR  ", Tone.Bad, NothingRan(report));
        yield return Summary(report);
    }

    private static ReportLine Summary(RunReport report) => new(
    [
        $"{report.Results.Count} run: ",
        .. ResultKinds.Counts(report.Results.CountBy(ResultKinds.Of).ToDictionary()).Parts,
        report.NotRun > 0
            ? new ReportText($" · {report.NotRun} not run ({report.Interruption ?? "lost"})", Tone.Bad)
            : "",
        report.Required is null && report.Reds.Count() + report.NotRun is > 0 and var failing
            ? new ReportText($" · {RunStanding.Fails(failing)} the run", Tone.Bad)
            : "",
        $" · {report.Plan.Skipped.Count} skipped{(report.Plan.Skipped.Count > 0 ? " with reason" : "")} · ",
        new ReportText($"{report.Dropped} lost packets", report.Dropped > 0 ? Tone.Bad : Tone.Plain),
        report.Reused > 0 ? $" · {report.Reused} taken over, nothing they depend on has changed" : "",
        report.Required is null ? ""
            : new ReportText($" · {report.Broken.Count} of {report.Required.Count} required cells not as they must be",
                report.Broken.Count > 0 ? Tone.Bad : Tone.Plain),
        report.Results.Count(result => result.Difference is not null) is > 0 and var other
            ? new ReportText($" · {other} not as foretold", Tone.Warning)
            : "",
        " · report: ",
        new ReportText(report.Page ?? Path.Combine(report.Folder, RunReportFile.Name), Tone.Place),
    ])
    {
        Hang = 0,
    };

    private static ReportLine Told(string label, Tone tone, string sentence) =>
        new([new ReportText(label, tone), sentence]) { Hang = label.Length };

    private static string NothingRan(RunReport report) => report.Interruption is { } interruption
        ? $"no cell was finished before {interruption}"
        : "no cell ran, and that is never green. "
            + (report.Plan.Skipped.Count > 0 ? "Skipped: " + SkipReasons.Short(report.Plan.Skipped, 5) : "");
}
