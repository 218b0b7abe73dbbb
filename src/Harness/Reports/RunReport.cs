using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>What a run came to.</summary>
public sealed record RunReport
{
    private IReadOnlyList<string>? _broken;

    /// <summary>The plan as it was run: filtered, and probed.</summary>
    public required MatrixPlan Plan
    {
        get;
        init => (field, _broken) = (value, null);
    }

    /// <summary>Results in the order of the plan.</summary>
    public required IReadOnlyList<CellResult> Results
    {
        get;
        init => (field, _broken) = (value, null);
    }

    /// <summary>The run's folder, as the user reaches it.</summary>
    public required string Folder { get; init; }

    /// <summary>The first page of its report, as the user reaches it; null if there is none.</summary>
    public string? Page { get; init; }

    /// <summary>Folder of the snapshots of this matrix, as the user reaches it.</summary>
    public required string Snapshots { get; init; }

    /// <summary>What runs this matrix again: <c>./interop run</c> with what else was said.</summary>
    public required string Again { get; init; }

    /// <summary>Frames that the captures lost.</summary>
    public long Dropped { get; init; }

    /// <summary>Why not all cells ran: <c>Ctrl-C</c>. Null if they did.</summary>
    public string? Interruption { get; init; }

    /// <summary>What is wrong with the list of known failures.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>What will be wrong with it soon.</summary>
    public IReadOnlyList<FileProblem> Warnings { get; init; } = [];

    /// <summary>Cells that must not be red; null if none may be.</summary>
    public IReadOnlyCollection<string>? Required
    {
        get;
        init => (field, _broken) = (value, null);
    }

    /// <summary>
    /// What required cells are red, or gone without that anybody took them off the list; a sentence each.
    /// </summary>
    public IReadOnlyList<string> Broken => _broken ??= FindBroken();

    /// <summary>Results that were taken over from earlier runs.</summary>
    public int Reused => Results.Count(result => result.ReusedFrom is not null);

    /// <summary>Results that somebody has to look at.</summary>
    public IEnumerable<CellResult> Reds => Results.Where(result => result.IsRed);

    /// <summary>Cells that were to run and have no result.</summary>
    public int NotRun => Plan.Cells.Count - Results.Count;

    /// <summary>Planned = executed + skipped; the sentence says what is missing or double. Null if it holds.</summary>
    public string? Mismatch
    {
        get
        {
            var ids = Results.Select(result => result.Cell).ToHashSet(StringComparer.Ordinal);
            var known = Plan.Cells.Count(cell => ids.Contains(cell.Id));
            if (known == Results.Count && (NotRun == 0 || Interruption is not null)) return null;
            return $"Expected: {Plan.Planned} planned = {Plan.Cells.Count} run + {Plan.Skipped.Count} skipped. "
                + $"Got: {Results.Count} results for {known} of the {Plan.Cells.Count} cells to run. "
                + "This is a fault of the harness.";
        }
    }

    /// <summary>
    /// True if every cell ran and is as expected, or with a list of required cells those are. A run of no cells is not.
    /// </summary>
    public bool IsGreen => Results.Count > 0 && NotRun == 0 && Mismatch is null && Problems.Count == 0
        && (Required is null ? !Reds.Any() : Broken.Count == 0);

    private IReadOnlyList<string> FindBroken()
    {
        if (Required is null) return [];
        var results = Results.DistinctBy(result => result.Cell)
            .ToDictionary(result => result.Cell, StringComparer.Ordinal);
        var skipped = Plan.Skipped.ToDictionary(left => left.Cell.Id, left => left.Reason, StringComparer.Ordinal);
        var planned = Plan.Cells.Select(cell => cell.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Required.Select(id => results.TryGetValue(id, out var result)
                ? result.IsRed ? $"{id}: it is red" : null
                : skipped.TryGetValue(id, out var reason) ? $"{id}: it is skipped now, {reason}"
                : planned.Contains(id) ? $"{id}: it has not run"
                : $"{id}: the matrix does not have it any more").OfType<string>(),
        ];
    }
}
