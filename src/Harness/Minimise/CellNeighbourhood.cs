using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Minimise;

/// <summary>
/// The neighbourhood of a failing cell: the cells that its candidates make, as far as they make sense.
/// </summary>
/// <param name="Neighbourhood">The points.</param>
/// <param name="Cells">The cell of each point.</param>
public sealed record CellNeighbourhood(Neighbourhood Neighbourhood, IReadOnlyList<Cell> Cells)
{
    /// <summary>Makes it.</summary>
    /// <param name="catalogue">What endpoints are known to offer.</param>
    /// <param name="failure">The cell.</param>
    /// <param name="values">What may stand in the place of its values, by axis.</param>
    public static CellNeighbourhood Of(
        EndpointCatalogue catalogue, Cell failure, Func<Axis, IReadOnlyList<string>> values)
    {
        // As it is with the failure first; then with what its matrix may have forced left to the stacks.
        var blocks =
            from hasQuirk in failure.Quirk is null ? [false] : new[] { true, false }
            from hasGroup in failure.Group is null ? [false, true] : new[] { true, false }
            select Block(values, Axis.All.Where(axis =>
                (axis == Axis.Quirk && !hasQuirk) || (axis == Axis.Group && !hasGroup)));
        var cells = blocks
            .Select(block => new BlockModel(block, catalogue))
            .SelectMany(model => model.Runnable.AllRows().Select(model.CellOf))
            .Prepend(failure).Distinct().ToList();
        var neighbourhood = Neighbourhood.Of(
            [.. CellDimension.All.Select(dimension => dimension.Name)],
            cells.Select(cell => (IReadOnlyList<string>)
                [.. CellDimension.All.Select(dimension => dimension.Of(cell, failure))]),
            out var numbers);
        return new(neighbourhood, [.. numbers.Select(number => cells[number])]);
    }

    /// <summary>
    /// Why a cell makes no sense, or is one that stacks do not do as they need not; null if neither is known.
    /// </summary>
    public static string? WhyNot(EndpointCatalogue catalogue, Cell cell)
    {
        var model = new BlockModel(
            Block(axis => axis.Of(cell) is { } text ? [text] : [], Axis.All.Where(axis => axis.Of(cell) is null)),
            catalogue);
        var row = model.RowOf(cell)!;
        return model.Senses.Select(sense => sense.BrokenBy(row)).FirstOrDefault(reason => reason is not null)
            ?? model.Reason(row);
    }

    private static MatrixBlock Block(
        Func<Axis, IReadOnlyList<string>> values, IEnumerable<Axis> without)
    {
        var at = new YamlScalar(1, 1, "");
        return new(at, "neighbourhood", Strength: 0, Axis.All.ToDictionary(axis => axis, axis =>
            without.Contains(axis)
                ? []
                : values(axis).Select(text => new AxisValue(text, at)).ToList()), [], []);
    }
}
