namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>Makes rows one by one, each so that it meets many combinations that none before has.</summary>
/// <param name="model">What rows are made of.</param>
/// <param name="space">The numbers of combinations.</param>
/// <param name="random">Decides between equals; from a fixed seed, so that a plan is the same everywhere.</param>
/// <remarks>
/// After Cohen, Dalal, Fredman and Patton, "The AETG System", IEEE Transactions on Software Engineering 23 (1997).
/// </remarks>
internal sealed class GreedyRows(CoveringModel model, TupleSpace space, Random random)
{
    /// <summary>Rows that are tried for each that is taken.</summary>
    private const int Candidates = 24;

    /// <summary>Takes rows until nothing is missing.</summary>
    /// <param name="missing">The combinations to meet; each can be met. Empty afterwards.</param>
    public List<int[]> Cover(IndexSet missing)
    {
        var rows = new List<int[]>();
        while (missing.Count > 0)
        {
            var best = Candidate(missing);
            var bestGain = Gain(best, missing);
            for (var i = 1; i < Candidates && missing.Count > 1; i++)
            {
                var row = Candidate(missing);
                if (Gain(row, missing) is var gain && gain > bestGain) (best, bestGain) = (row, gain);
            }
            space.Meet(best, missing);
            rows.Add(best);
        }
        return rows;
    }

    private int Gain(int[] row, IndexSet missing)
    {
        var gain = 0;
        for (var subset = 0; subset < space.SubsetCount; subset++)
            if (missing.Contains(space.Of(subset, row))) gain++;
        return gain;
    }

    private int[] Candidate(IndexSet missing)
    {
        var row = model.OpenRow();
        space.Put(missing[random.Next(missing.Count)], row);
        var axes = Enumerable.Range(0, row.Length).Where(axis => row[axis] == CoveringModel.Open).ToArray();
        random.Shuffle(axes);
        foreach (var axis in axes) Choose(row, axis, missing);
        return row;
    }

    // The value that meets most with those that stand already, of those with which the row can still be completed.
    private void Choose(int[] row, int axis, IndexSet missing)
    {
        var size = model.Sizes[axis];
        Span<(int Loss, int Value)> choices = stackalloc (int, int)[Math.Min(size, 1024)];
        var first = random.Next(size);
        for (var i = 0; i < choices.Length; i++)
        {
            row[axis] = (first + i) % size;
            choices[i] = (-Gain(row, axis, missing), row[axis]);
        }
        MemoryExtensions.Sort(choices, static (one, other) => one.Loss.CompareTo(other.Loss));
        foreach (var (_, value) in choices)
        {
            row[axis] = value;
            if (model.Allows(row, axis) && model.CanComplete(row)) return;
        }
        row[axis] = CoveringModel.Open;
        _ = model.TryComplete(row);
    }

    private int Gain(int[] row, int axis, IndexSet missing)
    {
        var gain = 0;
        foreach (var subset in space.OfAxis[axis])
            if (space.Of(subset, row) is var tuple and >= 0 && missing.Contains(tuple)) gain++;
        return gain;
    }
}
