using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>What was negotiated, as the wire shows it: cells in which it is the same share an entry.</summary>
public static class NegotiationTable
{
    /// <summary>The lines, what most cells have first; none if nothing was negotiated.</summary>
    public static IEnumerable<ReportLine> Of(IEnumerable<CellResult> results)
    {
        var groups = results.Where(result => result.Effective is not null)
            .GroupBy(result => result.Effective!)
            .Select(group => (Terms: group.Key, Cells: EndpointNames.CellsOf(group)))
            .OrderByDescending(group => group.Cells.Count).ThenBy(group => group.Terms, StringComparer.Ordinal)
            .ToList();
        if (groups.Count == 0) yield break;
        yield return new ReportLine(
            [new ReportText("What was negotiated, in how many cells, and by whom", Tone.Strong)]);
        foreach (var (terms, cells) in groups)
        {
            yield return new ReportLine([$"{cells.Count,5} × {terms}"]);
            foreach (var line in EndpointNames.Lines(cells)) yield return line;
        }
    }
}
