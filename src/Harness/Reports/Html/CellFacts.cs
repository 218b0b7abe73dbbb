using System.Globalization;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>What there is to say of a cell in the list: names and texts, control characters taken out.</summary>
internal static class CellFacts
{
    /// <summary>The facts of a cell; of one that passed these are few.</summary>
    public static IEnumerable<(string Name, string Text)> Of(ListedCell cell) =>
        Rows(cell).Where(row => !string.IsNullOrEmpty(row.Text)).Select(row => (row.Name, SafeText.Of(row.Text!)));

    private static IEnumerable<(string Name, string? Text)> Rows(ListedCell cell)
    {
        if (cell.Change is { } change and not ChangeKind.Unchanged)
            yield return ("Since then", ChangeKinds.Meaning(change));
        if (cell.Result is not { } result)
        {
            yield return ("Reason", cell.Note);
            yield break;
        }
        yield return ("Expected", result.Expected);
        yield return ("Got", result.Got);
        foreach (var why in result.Why.Where(why => why != result.Diagnosis?.ToString())) yield return ("Why", why);
        yield return ("Cause", CellCause.Of(result)?.ToString());
        foreach (var (end, remedy) in CauseView.RemediesOf(result)) yield return ($"Remedy, {end}", remedy);
        yield return ("Effective", result.Effective);
        foreach (var finding in result.Findings) yield return ("Finding", finding);
        yield return ("Not foretold", result.Difference?.ToString());
        yield return ("Snapshot", result.Snapshot);
        yield return ("Taken over from", result.ReusedFrom);
        yield return ("Took", string.Create(CultureInfo.InvariantCulture, $"{result.Milliseconds:0} ms"));
        yield return ("Evidence", result.Evidence);
    }
}
