using System.Diagnostics.CodeAnalysis;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// Equal texts as one: thousands of cells negotiate the same, of the same server's log, and each id stands in journal
/// and plan.
/// </summary>
/// <param name="results">Results that are there already; who reads them again gets those.</param>
internal sealed class StringPool(IReadOnlyList<CellResult>? results = null)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CellResult> _results =
        (results ?? []).DistinctBy(result => result.Cell).ToDictionary(result => result.Cell, StringComparer.Ordinal);

    /// <summary>The text that came first of those that are equal to this one.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Of(string? text)
    {
        if (text is null) return null;
        if (_known.TryGetValue(text, out var known)) return known;
        _known.Add(text);
        return text;
    }

    /// <summary>A result of pooled texts.</summary>
    public CellResult Of(CellResult result)
    {
        if (_results.TryGetValue(result.Cell, out var same) && same.Started == result.Started)
        {
            // The plan has the id as well.
            Of(same.Cell);
            return same;
        }
        return result with
        {
            Cell = Of(result.Cell),
            Expected = Of(result.Expected),
            Got = Of(result.Got),
            Effective = Of(result.Effective),
            Snapshot = Of(result.Snapshot),
            Shape = Of(result.Shape),
            Alert = Of(result.Alert),
            After = Of(result.After),
            ReusedFrom = Of(result.ReusedFrom),
            ServerLog = Of(result.ServerLog),
            Why = result.Why.Count == 0 ? [] : [.. result.Why.Select(Of)!],
            Findings = result.Findings.Count == 0 ? [] : [.. result.Findings.Select(Of)!],
        };
    }

    /// <summary>A plan of pooled ids.</summary>
    public PlanFile Of(PlanFile plan) => plan with
    {
        Cells = [.. plan.Cells.Select(cell => cell with { Cell = Of(cell.Cell) })],
        Skipped = [.. plan.Skipped.Select(left => left with { Cell = Of(left.Cell), Reason = Of(left.Reason) })],
    };
}
