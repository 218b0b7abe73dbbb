namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>Takes rows away and mends what is then missing by changing others, as long as that works out.</summary>
/// <remarks>
/// After Nurmela, "Upper bounds for covering arrays by tabu search", Discrete Applied Mathematics 138 (2004): a
/// combination that is missing is put into a row that lacks one value of it, where that costs least.
/// </remarks>
internal sealed class RowReduction
{
    /// <summary>Moves for which a place that was changed stays as it is.</summary>
    private const int Tenure = 8;

    private readonly CoveringModel _model;
    private readonly TupleSpace _space;
    private readonly Random _random;
    private readonly int[] _met;
    private readonly bool[] _wanted;
    private readonly IndexSet _missing;
    private List<int[]> _rows = [];
    private List<long[]> _changedAt = [];
    private int _fixed;
    private long _move;
    private long _effort;

    /// <summary>A reduction.</summary>
    /// <param name="model">What rows are made of.</param>
    /// <param name="space">The numbers of combinations.</param>
    /// <param name="wanted">Which of them are to be met.</param>
    /// <param name="random">Decides between equals.</param>
    /// <param name="effort">How many combinations to look at in all.</param>
    public RowReduction(CoveringModel model, TupleSpace space, bool[] wanted, Random random, long effort)
    {
        (_model, _space, _wanted, _random, _effort) = (model, space, wanted, random, effort);
        _met = new int[space.Count];
        _missing = new(space.Count);
    }

    /// <summary>Fewer rows that meet the same, or the rows as they are.</summary>
    /// <param name="rows">Rows that meet all that is wanted.</param>
    /// <param name="kept">So many of them, from the first, stay as they are.</param>
    /// <param name="fewest">With so many it ends: fewer are not possible.</param>
    public List<int[]> Reduce(List<int[]> rows, int kept, int fewest)
    {
        var best = rows;
        _fixed = kept;
        Load(best);
        while (best.Count > Math.Max(fewest, kept) && _effort > 0)
        {
            RemoveRow();
            if (!Mend()) break;
            best = [.. _rows.Select(row => (int[])row.Clone())];
        }
        return best;
    }

    private void Load(List<int[]> rows)
    {
        _rows = [.. rows.Select(row => (int[])row.Clone())];
        _changedAt = [.. rows.Select(row => new long[row.Length])];
        foreach (var row in _rows)
            for (var subset = 0; subset < _space.SubsetCount; subset++) _met[_space.Of(subset, row)]++;
    }

    // The row whose loss leaves least to mend.
    private void RemoveRow()
    {
        var (chosen, least) = (0, int.MaxValue);
        for (var i = _fixed; i < _rows.Count; i++)
        {
            var alone = 0;
            for (var subset = 0; subset < _space.SubsetCount; subset++)
                if (_met[_space.Of(subset, _rows[i])] == 1) alone++;
            if (alone < least) (chosen, least) = (i, alone);
        }
        for (var subset = 0; subset < _space.SubsetCount; subset++) Lose(_space.Of(subset, _rows[chosen]));
        _rows.RemoveAt(chosen);
        _changedAt.RemoveAt(chosen);
    }

    private bool Mend()
    {
        while (_missing.Count > 0)
        {
            if (_rows.Count == _fixed || _effort-- <= 0) return false;
            _move++;
            var target = _model.OpenRow();
            var tuple = _missing[_random.Next(_missing.Count)];
            _space.Put(tuple, target);
            if (!ChangeOne(target, _space.Axes(_space.SubsetOf(tuple)))) ChangeAny(target);
        }
        return true;
    }

    private bool ChangeOne(int[] target, ReadOnlySpan<int> axes)
    {
        var (chosen, chosenAxis, least, equals) = (-1, 0, int.MaxValue, 0);
        for (var i = _fixed; i < _rows.Count; i++)
        {
            if (OnlyDifference(_rows[i], target, axes) is not (>= 0 and var axis)) continue;
            var cost = Cost(_rows[i], axis, target[axis]);
            var isTabu = _changedAt[i][axis] > 0 && _move - _changedAt[i][axis] <= Tenure;
            if (isTabu && cost + _missing.Count > 0 || cost > least || !Fits(_rows[i], axis, target[axis])) continue;
            if (cost < least) (least, equals) = (cost, 0);
            if (_random.Next(++equals) == 0) (chosen, chosenAxis) = (i, axis);
        }
        _effort -= _rows.Count;
        if (chosen < 0) return false;
        Set(chosen, chosenAxis, target[chosenAxis]);
        return true;
    }

    // No row is near: one takes the combination, and keeps of its other values what then is still allowed.
    private void ChangeAny(int[] target)
    {
        var chosen = _random.Next(_fixed, _rows.Count);
        var row = (int[])target.Clone();
        var axes = Enumerable.Range(0, row.Length).Where(axis => row[axis] == CoveringModel.Open).ToArray();
        _random.Shuffle(axes);
        foreach (var axis in axes)
        {
            row[axis] = _rows[chosen][axis];
            if (!_model.Allows(row, axis) || !_model.CanComplete(row)) row[axis] = CoveringModel.Open;
        }
        if (!_model.TryComplete(row)) return;
        for (var axis = 0; axis < row.Length; axis++)
            if (_rows[chosen][axis] != row[axis]) Set(chosen, axis, row[axis]);
    }

    private static int OnlyDifference(int[] row, int[] target, ReadOnlySpan<int> axes)
    {
        var found = -1;
        foreach (var axis in axes)
        {
            if (row[axis] == target[axis]) continue;
            if (found >= 0) return -1;
            found = axis;
        }
        return found;
    }

    private bool Fits(int[] row, int axis, int value)
    {
        var old = row[axis];
        row[axis] = value;
        var fits = _model.Allows(row, axis);
        row[axis] = old;
        return fits;
    }

    // How many more are missing afterwards.
    private int Cost(int[] row, int axis, int value)
    {
        var cost = 0;
        var old = row[axis];
        foreach (var subset in _space.OfAxis[axis])
        {
            if (_met[_space.Of(subset, row)] == 1) cost++;
            row[axis] = value;
            var tuple = _space.Of(subset, row);
            if (_met[tuple] == 0 && _wanted[tuple]) cost--;
            row[axis] = old;
        }
        _effort -= 2 * _space.OfAxis[axis].Length;
        return cost;
    }

    private void Set(int index, int axis, int value)
    {
        var row = _rows[index];
        foreach (var subset in _space.OfAxis[axis]) Lose(_space.Of(subset, row));
        row[axis] = value;
        foreach (var subset in _space.OfAxis[axis])
        {
            var tuple = _space.Of(subset, row);
            if (_met[tuple]++ == 0) _missing.Remove(tuple);
        }
        _changedAt[index][axis] = _move;
    }

    private void Lose(int tuple)
    {
        if (--_met[tuple] == 0 && _wanted[tuple]) _missing.Add(tuple);
    }
}
