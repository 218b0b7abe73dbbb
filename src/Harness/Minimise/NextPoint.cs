namespace TlsInterop.Harness.Minimise;

/// <summary>Chooses what to try next, by halving what is still possible.</summary>
/// <param name="neighbourhood">What there is.</param>
/// <param name="effects">What is known.</param>
internal sealed class NextPoint(Neighbourhood neighbourhood, ChangeEffects effects)
{
    // So many conditions are expected: what one failure needs at the same time is seldom more.
    private const int ExpectedConditions = 3;

    private readonly HashSet<int> _tried = [];
    private bool _isConfirmed;

    /// <summary>The next point, not tried before; null if nothing more can be told apart.</summary>
    public Point? Take()
    {
        var next = Halve() ?? LookAtMore() ?? Sweep() ?? Complete() ?? Confirm();
        if (next is not null) _tried.Add(next.Number);
        return next;
    }

    /// <summary>A point is known without being taken.</summary>
    public void Skip(Point point) => _tried.Add(point.Number);

    // A point without the failure that has several suspects: the failure with half of them tells in which half it is.
    private Point? Halve() => effects.Unexplained()
        .Select(item => Best(
            change => item.Suspects.Contains(change),
            unknown => unknown < item.Suspects.Count ? Math.Abs((2 * unknown) - item.Suspects.Count) : null))
        .FirstOrDefault(point => point is not null);

    // Dimensions that nobody has looked at, so many at a time that the answer is as likely red as not (F. K. Hwang, "A
    // Method for Detecting All Defective Members in a Population by Group Testing", 1972).
    private Point? LookAtMore()
    {
        var dimensions = Enumerable.Range(0, neighbourhood.Dimensions.Count);
        var needed = effects.LikelyNeeded();
        var unseen = dimensions.Where(dimension => !effects.IsSeen(dimension)).Except(needed).ToHashSet();
        if (unseen.Count == 0) return null;
        var expected = Math.Max(1, ExpectedConditions - needed.Count);
        var share = Math.Max(1.0, (unseen.Count - expected + 1) / (double)expected);
        var wanted = 1 << (int)Math.Log2(share);
        return Best(change => unseen.Contains(change.Dimension), unknown => Math.Abs(unknown - wanted));
    }

    // Dimensions that seem not to matter, in their further values: many at a time, as all of them will stay red.
    private Point? Sweep()
    {
        var needed = effects.LikelyNeeded();
        return Best(change => !needed.Contains(change.Dimension), unknown => -unknown);
    }

    // Further values of what is needed, each alone, or with one that it brings along: they belong to the answer.
    private Point? Complete()
    {
        var needed = effects.LikelyNeeded();
        return Best(
            change => needed.Contains(change.Dimension) || effects.HasHarmless(change.Dimension),
            unknown => unknown <= 2 ? unknown : null);
    }

    // All that does not matter, changed at once, must not matter either: what each alone leaves red may cure together.
    private Point? Confirm()
    {
        if (_isConfirmed) return null;
        _isConfirmed = true;
        var farthest = neighbourhood.Points
            .Where(point => point.Changes.All(change => effects[change] == ChangeEffect.Harmless))
            .MaxBy(point => point.Changes.Count)!;
        return farthest.Number == 0 || _tried.Contains(farthest.Number) ? null : farthest;
    }

    // The point of the best rank whose changes are harmless or wanted; of several the one with the fewest changes.
    private Point? Best(Func<Change, bool> isWanted, Func<int, int?> rank)
    {
        var hopeless = effects.Cures().ToList();
        Point? best = null;
        var bestRank = (Rank: int.MaxValue, Changes: int.MaxValue);
        foreach (var point in neighbourhood.Points)
        {
            if (_tried.Contains(point.Number) || Wanted(point, isWanted) is not { } unknown) continue;
            if (rank(unknown) is not { } own || (own, point.Changes.Count).CompareTo(bestRank) >= 0) continue;
            // One of these cures, so that all of them together tell nothing.
            if (hopeless.Exists(suspects => suspects.TrueForAll(point.Changes.Contains))) continue;
            (best, bestRank) = (point, (own, point.Changes.Count));
        }
        return best;
    }

    private int? Wanted(Point point, Func<Change, bool> isWanted)
    {
        var unknown = 0;
        foreach (var change in point.Changes)
        {
            switch (effects[change])
            {
                case ChangeEffect.Cures: return null;
                case ChangeEffect.Harmless: continue;
            }
            if (!isWanted(change)) return null;
            unknown++;
        }
        return unknown > 0 ? unknown : null;
    }
}
