using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// In which order configurations are tried: each next one brings the most pairs of values that have not worked together
/// yet, so that the first few already differ in everything.
/// </summary>
internal sealed class SweepOrder
{
    private readonly IReadOnlyList<Cell> _cells;
    private readonly Dictionary<Cell, int[]> _pairs = [];
    private readonly HashSet<Cell> _tried = [];
    private readonly bool[] _seen;

    /// <summary>An order in which nothing was tried.</summary>
    /// <param name="cells">The configurations.</param>
    public SweepOrder(IReadOnlyList<Cell> cells)
    {
        _cells = cells;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var cell in cells)
        {
            _pairs[cell] =
            [
                .. Pairs(cell, cells[0]).Select(pair =>
                {
                    if (!numbers.TryGetValue(pair, out var number)) numbers[pair] = number = numbers.Count;
                    return number;
                }),
            ];
        }
        _seen = new bool[numbers.Count];
    }

    /// <summary>A configuration was tried.</summary>
    /// <param name="cell">The configuration.</param>
    /// <param name="tells">
    /// True if its pairs need not be met again; false if it failed, and what failed may hide what else would.
    /// </param>
    public void Tried(Cell cell, bool tells)
    {
        _tried.Add(cell);
        if (!tells) return;
        foreach (var pair in _pairs[cell]) _seen[pair] = true;
    }

    /// <summary>What is left to try until every pair was seen, the next one first.</summary>
    /// <param name="isOpen">False for configurations that are not to be tried.</param>
    public IReadOnlyList<Cell> Left(Func<Cell, bool> isOpen)
    {
        var seen = (bool[])_seen.Clone();
        var open = _cells.Where(cell => !_tried.Contains(cell) && isOpen(cell)).ToList();
        var left = new List<Cell>();
        while (open.Count > 0)
        {
            var next = open.MaxBy(cell => _pairs[cell].Count(pair => !seen[pair]))!;
            if (Array.TrueForAll(_pairs[next], pair => seen[pair])) break;
            left.Add(next);
            open.Remove(next);
            foreach (var pair in _pairs[next]) seen[pair] = true;
        }
        return left;
    }

    private static IEnumerable<string> Pairs(Cell cell, Cell first)
    {
        // Here every version of a server is a value like any other.
        var values = CellDimension.All
            .Where(dimension => dimension != CellDimension.Server && dimension != CellDimension.ServerVersion)
            .Select(dimension => $"{dimension.Name} {dimension.Of(cell, first)}")
            .Prepend($"{Axis.Server} {cell.Server}").ToArray();
        return
            from one in Enumerable.Range(0, values.Length)
            from other in Enumerable.Range(one + 1, values.Length - one - 1)
            select $"{values[one]}, {values[other]}";
    }
}
