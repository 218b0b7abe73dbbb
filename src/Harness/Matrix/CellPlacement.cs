namespace TlsInterop.Harness.Matrix;

/// <summary>How a block of a matrix stands to a cell.</summary>
/// <param name="Block">The block's name.</param>
/// <param name="Runs">True if the block runs it.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record CellPlacement(string Block, bool Runs, string Reason)
{
    internal static CellPlacement Of(Cell cell, MatrixBlock block, BlockModel model, BlockCoverage? coverage, IReadOnlySet<Cell> planned)
    {
        if (cell.Variant is not null) return No($"no cell of a matrix has a variant, as '{cell.Variant}'");
        foreach (var axis in Axis.All)
        {
            if (axis.Of(cell) is { } value && !model.Values(axis).Contains(value)) return No($"it has no {axis} {value}");
        }
        var row = model.RowOf(cell);
        if (row is null) return No($"it names a {Axis.Group}, and the cell has none");
        if (model.Senses.Select(sense => sense.BrokenBy(row)).FirstOrDefault(reason => reason is not null) is { } nonsense)
            return No(nonsense);
        if (model.Exclusions.Select(rule => rule.BrokenBy(row)).FirstOrDefault(reason => reason is not null) is { } because)
            return No($"left out: {because}");
        if (coverage is null) return new(block.Name, true, "all of its cells run");
        var few = $"{coverage.Cells} cells meet all {coverage.Possible} combinations of any {coverage.Strength} values";
        return planned.Contains(cell)
            ? new(block.Name, true, $"one of the {few}")
            : No($"{few} without it; nearest: {Nearest(cell, planned)}");

        CellPlacement No(string reason) => new(block.Name, false, reason);
    }

    private static Cell Nearest(Cell cell, IReadOnlySet<Cell> planned) =>
        planned.Order().MaxBy(other => Axis.All.Count(axis => axis.Of(other) == axis.Of(cell)))!;
}
