namespace TlsInterop.Harness.Minimise;

/// <summary>What a search found.</summary>
public sealed record SearchResult
{
    public required Neighbourhood Neighbourhood { get; init; }

    public required SearchEnding Ending { get; init; }

    /// <summary>Every run, in order; repetitions of the failure and of the last red point among them.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>Most points that it was allowed to try.</summary>
    public required int Limit { get; init; }

    /// <summary>What the failure needs: it is there if and only if all of them hold.</summary>
    public required IReadOnlyList<Need> Conditions { get; init; }

    /// <summary>Dimensions, by number, that do not matter, with the values that were tried in each.</summary>
    public required IReadOnlyList<(int Dimension, IReadOnlyList<int> Tried)> Irrelevant { get; init; }

    /// <summary>Dimensions, by number, of which nothing could be learnt.</summary>
    public required IReadOnlyList<int> Unknown { get; init; }

    /// <summary>Trials that contradict a conjunction of conditions.</summary>
    public required IReadOnlyList<Trial> Contradictions { get; init; }

    /// <summary>What is known of each change.</summary>
    public required Func<Change, ChangeEffect> Effect { get; init; }

    /// <summary>How many points were tried; repetitions don't count.</summary>
    public int Tried => Trials.DistinctBy(trial => trial.Point.Number).Count();

    /// <summary>The point without the failure that differs least from it; null if none is known.</summary>
    public Trial? NearestGreen => Trials.Where(trial => trial.Outcome == TrialOutcome.Green)
        .OrderBy(trial => trial.Point.Changes.Count)
        .ThenBy(trial => trial.Point.Changes.Select(change => change.Dimension).FirstOrDefault())
        .FirstOrDefault();

    /// <summary>The point that differs most from the failure and still has it; null if there is none.</summary>
    public Trial? FarthestRed => Farthest(Trials);

    /// <summary>
    /// True if nobody has seen a change make the failure go away: with it, it fails otherwise. What would have become
    /// of the failure there is not known.
    /// </summary>
    public bool FailsOtherwise(Change change)
    {
        var without = Trials.Where(trial =>
            trial.Outcome is TrialOutcome.Green or TrialOutcome.OtherFailure && trial.Point.Changes.Contains(change));
        // What does not matter beside it does not matter here either.
        var alone = without.ToLookup(trial =>
            trial.Point.Changes.All(other => other == change || Effect(other) == ChangeEffect.Harmless));
        var telling = (alone[true].Any() ? alone[true] : alone[false]).ToList();
        return telling.Count > 0 && telling.TrueForAll(trial => trial.Outcome == TrialOutcome.OtherFailure);
    }

    /// <summary>Why no value of a dimension could be tried, in a sentence's rest; null if nobody knows.</summary>
    public string? WhyUnknown(int dimension)
    {
        bool Changes(Point point) => point.Changes.Any(change => change.Dimension == dimension);
        if (Trials.FirstOrDefault(trial => trial.Outcome == TrialOutcome.CannotRun && Changes(trial.Point)) is { } lack)
            return lack.Answer.Remark;
        var needed = Conditions.SelectMany(condition => condition.OrElse.Append(condition.Dimension)).ToHashSet();
        var together = Neighbourhood.Points.Where(Changes)
            .Select(point => point.Changes.Select(change => change.Dimension).Where(needed.Contains).ToHashSet())
            .Aggregate((HashSet<int>?)null, (common, other) => common is null ? other : [.. common.Intersect(other)]);
        return together is { Count: > 0 }
            ? $"it only changes together with the {string.Join(" and the ", together.Order().Select(Name))}"
            : null;
    }

    private string Name(int dimension) => Neighbourhood.Dimensions[dimension].Name;

    internal static Trial? Farthest(IEnumerable<Trial> trials) =>
        trials.Where(trial => trial.Outcome == TrialOutcome.Red).MaxBy(trial => trial.Point.Changes.Count);
}
