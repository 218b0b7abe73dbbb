using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>Which cells get a page of their own.</summary>
/// <param name="All">Cells up to which each gets one; with more those that tell something.</param>
/// <param name="Most">Pages of which there are never more.</param>
public sealed record CellPages(int All = 2000, int Most = 5000)
{
    /// <summary>None: the list alone has the details.</summary>
    public static CellPages None { get; } = new(0, 0);

    /// <summary>Ids of the cells that get one.</summary>
    /// <param name="results">The results of a run.</param>
    /// <param name="changes">What changed, by cell; null if there is no earlier run.</param>
    internal IReadOnlySet<string> Of(
        IReadOnlyList<CellResult> results, IReadOnlyDictionary<string, ChangeKind>? changes)
    {
        var able = results.Where(result => CellNames.IsPath(result.Cell));
        if (results.Count > All) able = able.Where(TellsSomething);
        var chosen = able.Select(result => (result.Cell, result.IsRed, Cause: ListedCell.CauseOf(result))).ToList();
        if (chosen.Count <= Most) return chosen.Select(cell => cell.Cell).ToHashSet(StringComparer.Ordinal);
        // Each cause has its first cells before any has more.
        return chosen.GroupBy(cell => (cell.IsRed, cell.Cause))
            .SelectMany(group => group.Select((cell, place) => (cell.Cell, cell.IsRed, Place: place)))
            .OrderBy(cell => cell.Place).ThenByDescending(cell => cell.IsRed)
            .Take(Most).Select(cell => cell.Cell).ToHashSet(StringComparer.Ordinal);

        bool TellsSomething(CellResult result) => result.IsRed || result.Verdict != Verdict.Pass
            || (changes is not null && changes.TryGetValue(result.Cell, out var kind)
                && kind is not (ChangeKind.Unchanged or ChangeKind.NewCell or ChangeKind.NotRunBefore));
    }
}
