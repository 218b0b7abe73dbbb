using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>Where the wire is not as it was foretold, though the cell may have passed.</summary>
public static class DifferenceTable
{
    /// <summary>The lines, what most cells have first; none if all is as foretold.</summary>
    /// <param name="results">The run's results.</param>
    /// <param name="most">The most kinds of differences to tell.</param>
    public static IEnumerable<ReportLine> Of(IEnumerable<CellResult> results, int most = int.MaxValue)
    {
        var kinds = results.Where(result => result.Difference is not null)
            .GroupBy(result => (result.Difference!.What, result.Difference.Predicted, result.Difference.Got))
            .Select(kind => (
                kind.First().Difference, First: kind.First().Cell,
                Cells: EndpointNames.CellsOf(kind)))
            .OrderByDescending(kind => kind.Cells.Count).ThenBy(kind => kind.First, StringComparer.Ordinal).ToList();
        if (kinds.Count == 0) yield break;
        yield return new ReportLine([new ReportText("Not as foretold from what both ends offer", Tone.Strong)]);
        foreach (var (difference, first, cells) in kinds.Take(most))
        {
            yield return new ReportLine(
                [new ReportText($"{cells.Count,5} × ", Tone.Warning), difference!.ToString()]);
            foreach (var line in EndpointNames.Lines(cells)) yield return line;
            yield return new ReportLine(["        as in   ", new ReportText(first, Tone.Place)]);
        }
        if (kinds.Count > most)
            yield return new ReportLine([new ReportText($"    … and {kinds.Count - most} more kinds", Tone.Warning)]);
    }
}
