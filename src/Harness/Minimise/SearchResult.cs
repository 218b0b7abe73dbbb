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

    internal static Trial? Farthest(IEnumerable<Trial> trials) =>
        trials.Where(trial => trial.Outcome == TrialOutcome.Red).MaxBy(trial => trial.Point.Changes.Count);
}
