using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>All cells that a report lists: those that ran, those that did not, and those that are gone.</summary>
internal static class ListedCells
{
    /// <summary>The cells of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="since">What changed; null if there is no earlier run.</param>
    /// <param name="pages">Which of them get a page of their own.</param>
    public static IReadOnlyList<ListedCell> Of(RecordedRun run, RunComparison? since, CellPages pages)
    {
        var changes = since?.Changes.ToDictionary(change => change.Cell, change => change.Kind, StringComparer.Ordinal);
        var chosen = pages.Of(run.Results, changes);
        var words = new HashSet<string>(StringComparer.Ordinal);
        var cells = new List<ListedCell>(run.Results.Count);
        foreach (var result in run.Results)
            Add(result.Cell, ListedState.Of(result), result, ListedCell.CauseOf(result));
        foreach (var id in run.Missing) Add(id, ListedState.NotRun, result: null, note: "");
        foreach (var left in run.Plan?.Skipped ?? []) Add(left.Cell, ListedState.Skipped, result: null, left.Reason);
        foreach (var gone in since?.Changes.Where(change => change.Kind == ChangeKind.Vanished) ?? [])
            Add(gone.Cell, ListedState.Vanished, result: null, note: "");
        return cells;

        // A journal may come from anywhere: what would command a terminal, or turn the direction of text, is taken out.
        void Add(string id, ListedState state, CellResult? result, string note) => cells.Add(new(
            SafeText.Of(id), CellNames.Of(SafeText.Of(id)).Sharing(words), state, result,
            CellNames.Shared(SafeText.Of(note), words),
            changes is not null && changes.TryGetValue(id, out var kind) ? kind : null,
            result is not null && chosen.Contains(id)));
    }
}
