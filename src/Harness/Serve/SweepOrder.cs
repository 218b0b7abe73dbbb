using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// In which order configurations are tried while nothing has failed: each next one brings the most pairs of values that
/// were not seen together, so that the first few already differ in everything.
/// </summary>
/// <param name="cells">The configurations.</param>
internal sealed class SweepOrder(IReadOnlyList<Cell> cells)
{
    private readonly Dictionary<Cell, string[]> _pairs =
        cells.ToDictionary(cell => cell, cell => Pairs(cell, cells[0]));
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<Cell> _tried = [];

    /// <summary>A configuration was tried.</summary>
    public void Tried(Cell cell)
    {
        _tried.Add(cell);
        _seen.UnionWith(_pairs[cell]);
    }

    /// <summary>What is left to try until every pair was seen, the next one first.</summary>
    /// <param name="isOpen">False for configurations that are not to be tried.</param>
    public IReadOnlyList<Cell> Left(Func<Cell, bool> isOpen)
    {
        var seen = new HashSet<string>(_seen, StringComparer.Ordinal);
        var open = cells.Where(cell => !_tried.Contains(cell) && isOpen(cell)).ToList();
        var left = new List<Cell>();
        while (open.Count > 0)
        {
            var next = open.MaxBy(cell => _pairs[cell].Count(pair => !seen.Contains(pair)))!;
            if (_pairs[next].All(seen.Contains)) break;
            left.Add(next);
            open.Remove(next);
            seen.UnionWith(_pairs[next]);
        }
        return left;
    }

    private static string[] Pairs(Cell cell, Cell first)
    {
        // Here every version of a server is a value like any other.
        var values = CellDimension.All
            .Where(dimension => dimension != CellDimension.Server && dimension != CellDimension.ServerVersion)
            .Select(dimension => $"{dimension.Name} {dimension.Of(cell, first)}")
            .Prepend($"{Axis.Server} {cell.Server}").ToArray();
        return
        [
            .. from one in Enumerable.Range(0, values.Length)
               from other in Enumerable.Range(one + 1, values.Length - one - 1)
               select $"{values[one]}, {values[other]}",
        ];
    }
}
