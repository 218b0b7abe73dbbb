namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>A constraint that remembers its answers.</summary>
internal sealed class CompiledConstraint
{
    /// <summary>Combinations whose answers are kept in a table, a byte each.</summary>
    private const long LargestTable = 1 << 24;

    private readonly Constraint _constraint;
    private readonly int[] _axes;
    private readonly int[] _sizes;
    private readonly Answer[]? _answers;

    public CompiledConstraint(Constraint constraint, IReadOnlyList<int> sizes)
    {
        _constraint = constraint;
        _axes = [.. constraint.Axes];
        _sizes = [.. _axes.Select(axis => sizes[axis])];
        var combinations = _sizes.Aggregate(1L, (product, size) => Math.Min(LargestTable + 1, product * size));
        _answers = combinations <= LargestTable ? new Answer[combinations] : null;
    }

    private enum Answer : byte { Unknown, Yes, No }

    /// <summary>False if the row breaks it. While one of its axes is open it is not broken.</summary>
    public bool Holds(ReadOnlySpan<int> row)
    {
        var index = 0;
        for (var i = 0; i < _axes.Length; i++)
        {
            var value = row[_axes[i]];
            if (value < 0) return true;
            index = index * _sizes[i] + value;
        }
        if (_answers is null) return Ask(row);
        if (_answers[index] == Answer.Unknown) _answers[index] = Ask(row) ? Answer.Yes : Answer.No;
        return _answers[index] == Answer.Yes;
    }

    private bool Ask(ReadOnlySpan<int> row)
    {
        var values = new int[_axes.Length];
        for (var i = 0; i < values.Length; i++) values[i] = row[_axes[i]];
        return _constraint.Broken(values) is null;
    }
}
