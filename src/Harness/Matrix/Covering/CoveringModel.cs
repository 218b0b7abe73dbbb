namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>
/// What the rows of a covering array are made of: axes whose values are numbers from 0, and what they may not be
/// together. A row has a value for each axis; <see cref="Open"/> stands where there is none yet.
/// </summary>
internal sealed class CoveringModel
{
    /// <summary>In the place of a value: not chosen yet.</summary>
    public const int Open = -1;

    private readonly CompiledConstraint[][] _ofAxis;
    private readonly int[] _constrained;

    /// <summary>A model.</summary>
    /// <param name="sizes">How many values each axis has.</param>
    /// <param name="constraints">What holds in every row.</param>
    public CoveringModel(IReadOnlyList<int> sizes, params IReadOnlyList<Constraint> constraints)
    {
        Sizes = [.. sizes];
        var compiled = constraints.Select(rule => (rule.Axes, Rule: new CompiledConstraint(rule, sizes))).ToList();
        _ofAxis = [.. Sizes.Select((_, axis) =>
            compiled.Where(pair => pair.Axes.Contains(axis)).Select(pair => pair.Rule).ToArray())];
        // What many rules look at is chosen first: a wrong choice shows early.
        _constrained = [.. Enumerable.Range(0, Sizes.Length).Where(axis => _ofAxis[axis].Length > 0)
            .OrderByDescending(axis => _ofAxis[axis].Length)];
    }

    /// <summary>How many values each axis has.</summary>
    public int[] Sizes { get; }

    /// <summary>True if the rules leave any row.</summary>
    public bool HasRow => CanComplete(OpenRow());

    /// <summary>A row in which nothing is chosen.</summary>
    public int[] OpenRow()
    {
        var row = new int[Sizes.Length];
        Array.Fill(row, Open);
        return row;
    }

    /// <summary>False if a value makes the row break a rule; rules that look at open axes wait.</summary>
    public bool Allows(ReadOnlySpan<int> row, int axis)
    {
        foreach (var rule in _ofAxis[axis])
            if (!rule.Holds(row)) return false;
        return true;
    }

    /// <summary>Fills the open axes with any values that are allowed.</summary>
    /// <returns>False, and the row as it was, if there are none.</returns>
    public bool TryComplete(Span<int> row)
    {
        foreach (var axis in _constrained)
            if (row[axis] != Open && !Allows(row, axis)) return false;
        if (!TryComplete(row, 0)) return false;
        for (var axis = 0; axis < row.Length; axis++)
            if (row[axis] == Open) row[axis] = 0;
        return true;
    }

    /// <summary>True if the open axes can be filled.</summary>
    public bool CanComplete(ReadOnlySpan<int> row)
    {
        Span<int> copy = stackalloc int[row.Length];
        row.CopyTo(copy);
        return TryComplete(copy);
    }

    /// <summary>Every row that keeps all rules, in the order of the values.</summary>
    public IEnumerable<int[]> AllRows()
    {
        var row = OpenRow();
        var axis = 0;
        while (axis >= 0)
        {
            if (axis == row.Length)
            {
                yield return (int[])row.Clone();
                axis--;
                continue;
            }
            do row[axis]++;
            while (row[axis] < Sizes[axis] && !Allows(row, axis));
            if (row[axis] < Sizes[axis]) axis++;
            else row[axis--] = Open;
        }
    }

    private bool TryComplete(Span<int> row, int position)
    {
        while (position < _constrained.Length && row[_constrained[position]] != Open) position++;
        if (position == _constrained.Length) return true;

        var axis = _constrained[position];
        for (var value = 0; value < Sizes[axis]; value++)
        {
            row[axis] = value;
            if (Allows(row, axis) && TryComplete(row, position + 1)) return true;
        }
        row[axis] = Open;
        return false;
    }
}
