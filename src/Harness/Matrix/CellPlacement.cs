namespace TlsInterop.Harness.Matrix;

/// <summary>How a block of a matrix stands to a cell.</summary>
/// <param name="Block">The block's name.</param>
/// <param name="Runs">True if the block has it planned.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record CellPlacement(string Block, bool Runs, string Reason)
{
    internal static CellPlacement Of(Cell cell, PlannedBlock block)
    {
        foreach (var axis in Axis.All)
        {
            if (axis.Of(cell) is { } value && !block.Model.Values(axis).Contains(value))
                return No($"it has no {axis} {value}");
        }
        var row = block.Model.RowOf(cell)!;
        if (block.Model.Senses.Select(sense => sense.BrokenBy(row))
            .FirstOrDefault(reason => reason is not null) is { } nonsense)
            return No(nonsense);
        if (block.Model.Reason(row) is { } because) return No($"left out: {because}");
        if (block.Coverage is not { } coverage || block.Picked is not { } picked)
            return new(block.Name, true, "all of its cells are planned");
        var few =
            $"{coverage.Cells} cells that meet all {coverage.Possible} combinations of any {coverage.Strength} values";
        return picked.Contains(cell)
            ? new(block.Name, true, $"one of its {few}")
            : No($"its {few} do without it; nearest: {Nearest(cell, picked)}");

        CellPlacement No(string reason) => new(block.Name, false, reason);
    }

    private static Cell Nearest(Cell cell, IReadOnlySet<Cell> picked) =>
        picked.Order().MaxBy(other => Axis.All.Count(axis => axis.Of(other) == axis.Of(cell)))!;
}
