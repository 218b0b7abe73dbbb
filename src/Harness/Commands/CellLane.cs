using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// Cells that workers take in the order of the plan. Those that share a configured server stand together there; one
/// worker takes them all, one after the other: side by side each would need a server of its own.
/// </summary>
internal sealed class CellLane
{
    private readonly List<Queue<int>> _groups = [];
    private readonly Lock _lock = new();
    private int _begun;

    /// <summary>The cells at some places.</summary>
    /// <param name="cells">The cells of the plan.</param>
    /// <param name="places">Those of the lane, ascending.</param>
    public CellLane(IReadOnlyList<Cell> cells, IEnumerable<int> places)
    {
        Cell? before = null;
        foreach (var at in places)
        {
            if (before?.SharesServerWith(cells[at]) != true) _groups.Add(new());
            _groups[^1].Enqueue(at);
            before = cells[at];
        }
    }

    /// <summary>Takes the next one.</summary>
    /// <param name="own">What the worker is at; null at first.</param>
    /// <param name="at">Its place in the plan.</param>
    /// <returns>False if none is left.</returns>
    public bool TryTake(ref Queue<int>? own, out int at)
    {
        lock (_lock)
        {
            if (own is not { Count: > 0 }) own = Next();
            at = 0;
            return own?.TryDequeue(out at) == true;
        }
    }

    // Who finds nothing to begin helps where most is left.
    private Queue<int>? Next() =>
        _begun < _groups.Count ? _groups[_begun++] : _groups.MaxBy(group => group.Count);
}
