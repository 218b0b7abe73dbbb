using System.Numerics;

namespace TlsInterop.Harness.Matrix;

/// <summary>
/// Picks few cells in which every combination of values of any <c>strength</c> axes is met that any of the cells
/// offered has.
/// </summary>
/// <remarks>
/// Greedy: always the cell that meets the most combinations that are new. Of two that meet as many, a checksum of their
/// ids decides: that is the same everywhere, and favours no server for standing first. What one cell gains never grows
/// while others are taken, so only the cells at the head of the queue are counted again.
/// </remarks>
internal sealed class CoveringArray(int strength)
{
    private readonly HashSet<long> _met = [];
    private readonly List<int[]> _subsets = Subsets(strength, Axis.All.Count);
    private readonly Dictionary<(int Axis, string? Value), int> _numbers = [];

    /// <summary>Picks from cells. What an earlier call has met counts as met.</summary>
    public IReadOnlyList<Cell> Cover(IEnumerable<Cell> cells)
    {
        var offered = cells.Select(cell => (Cell: cell, Values: Numbers(cell))).ToList();
        var queue = new PriorityQueue<int, (int, uint, int)>();
        for (var index = 0; index < offered.Count; index++)
            queue.Enqueue(index, (-_subsets.Count, Checksum(offered[index].Cell.Id), index));

        var picked = new List<Cell>();
        while (queue.TryDequeue(out var index, out var priority))
        {
            var gain = Combinations(offered[index].Values).Count(combination => !_met.Contains(combination));
            if (gain == 0) continue;
            if (gain < -priority.Item1)
            {
                queue.Enqueue(index, priority with { Item1 = -gain });
                continue;
            }
            _met.UnionWith(Combinations(offered[index].Values));
            picked.Add(offered[index].Cell);
        }
        return picked;
    }

    private static uint Checksum(string id) =>
        id.Aggregate(0u, (sum, character) => BitOperations.Crc32C(sum, character));

    private int[] Numbers(Cell cell) => [.. Axis.All.Select((axis, index) => Number(index, axis.Of(cell)))];

    private int Number(int axis, string? value)
    {
        if (!_numbers.TryGetValue((axis, value), out var number)) _numbers[(axis, value)] = number = _numbers.Count;
        return number;
    }

    // The numbers of two or three values side by side; a value's number is its own on every axis, and far below 2^20.
    private IEnumerable<long> Combinations(int[] values) =>
        _subsets.Select(axes => axes.Aggregate(0L, (key, axis) => (key << 20) | (uint)(values[axis] + 1)));

    private static List<int[]> Subsets(int size, int count, int from = 0)
    {
        if (size == 0) return [[]];
        return [.. Enumerable.Range(from, count - from)
            .SelectMany(first => Subsets(size - 1, count, first + 1).Select(rest => (int[])[first, .. rest]))];
    }
}
