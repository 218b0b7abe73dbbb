namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>Numbers every combination of values of any so many axes, from 0.</summary>
internal sealed class TupleSpace
{
    private readonly int[] _sizes;
    private readonly int[][] _subsets;
    private readonly int[] _offsets;

    /// <summary>A numbering.</summary>
    /// <param name="sizes">How many values each axis has.</param>
    /// <param name="strength">How many axes at a time; at most as many as there are.</param>
    public TupleSpace(int[] sizes, int strength)
    {
        _sizes = sizes;
        _subsets = [.. Subsets(Math.Min(strength, sizes.Length), sizes.Length)];
        _offsets = new int[_subsets.Length];
        for (var subset = 0; subset < _subsets.Length; subset++)
        {
            _offsets[subset] = Count;
            Count = checked(Count + _subsets[subset].Aggregate(1, (product, axis) => checked(product * sizes[axis])));
        }
        OfAxis = [.. sizes.Select((_, axis) =>
            Enumerable.Range(0, _subsets.Length).Where(subset => _subsets[subset].Contains(axis)).ToArray())];
    }

    /// <summary>How many combinations there are.</summary>
    public int Count { get; }

    /// <summary>How many a numbering would have.</summary>
    public static long CountOf(int[] sizes, int strength) => Subsets(Math.Min(strength, sizes.Length), sizes.Length)
        .Sum(axes => axes.Aggregate(1L, (product, axis) => Math.Min(int.MaxValue, product * sizes[axis])));

    /// <summary>How many sets of axes there are.</summary>
    public int SubsetCount => _subsets.Length;

    /// <summary>The sets of axes, by number, in which an axis is.</summary>
    public int[][] OfAxis { get; }

    /// <summary>The axes of a set.</summary>
    public ReadOnlySpan<int> Axes(int subset) => _subsets[subset];

    /// <summary>The set of axes that a combination is of.</summary>
    public int SubsetOf(int tuple)
    {
        var found = Array.BinarySearch(_offsets, tuple);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The combination that a row has on a set of axes; -1 if one of them is open.</summary>
    public int Of(int subset, ReadOnlySpan<int> row)
    {
        var index = 0;
        foreach (var axis in _subsets[subset])
        {
            if (row[axis] == CoveringModel.Open) return -1;
            index = index * _sizes[axis] + row[axis];
        }
        return _offsets[subset] + index;
    }

    /// <summary>Writes the values of a combination into a row.</summary>
    public void Put(int tuple, Span<int> row)
    {
        var subset = SubsetOf(tuple);
        var axes = _subsets[subset];
        var rest = tuple - _offsets[subset];
        for (var i = axes.Length - 1; i >= 0; i--)
        {
            row[axes[i]] = rest % _sizes[axes[i]];
            rest /= _sizes[axes[i]];
        }
    }

    /// <summary>Takes what a row meets out of what is missing.</summary>
    /// <returns>How much that was.</returns>
    public int Meet(ReadOnlySpan<int> row, IndexSet missing)
    {
        var before = missing.Count;
        for (var subset = 0; subset < SubsetCount; subset++) missing.Remove(Of(subset, row));
        return before - missing.Count;
    }

    /// <summary>How many combinations complete rows have.</summary>
    public int CountMet(IReadOnlyList<int[]> rows)
    {
        var met = new bool[Count];
        foreach (var row in rows)
            for (var subset = 0; subset < SubsetCount; subset++) met[Of(subset, row)] = true;
        return met.Count(isMet => isMet);
    }

    private static IEnumerable<int[]> Subsets(int size, int count, int from = 0)
    {
        if (size == 0) return [[]];
        return Enumerable.Range(from, count - from)
            .SelectMany(first => Subsets(size - 1, count, first + 1).Select(rest => (int[])[first, .. rest]));
    }
}
