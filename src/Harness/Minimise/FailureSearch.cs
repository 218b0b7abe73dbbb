namespace TlsInterop.Harness.Minimise;

/// <summary>
/// Finds out what a failure needs: which dimensions, and which values of them. Many are changed at a time; where that
/// cures, halves of them are, until it is known which one did it.
/// </summary>
/// <param name="neighbourhood">The failure, and what may be tried.</param>
/// <param name="run">Runs a point.</param>
/// <param name="limit">Most points to try; repetitions are not counted.</param>
/// <param name="onTrial">Told of every run.</param>
/// <param name="known">What a point came to before; null of one that was not run. Null if nothing is known.</param>
public sealed class FailureSearch(
    Neighbourhood neighbourhood, Func<Point, CancellationToken, Task<Answer>> run, int limit,
    Action<Trial>? onTrial = null, Func<Point, Answer?>? known = null)
{
    /// <summary>How often the failure, and the last point that has it, are run: what is chance parts by then.</summary>
    public const int Repetitions = 3;

    private readonly ChangeEffects _effects = new(neighbourhood);
    private readonly List<Trial> _trials = [];

    /// <summary>What is known by now.</summary>
    public SearchResult SoFar => Result(SearchEnding.Stopped);

    /// <summary>Searches.</summary>
    /// <param name="stop">Ends it; what is known by then is the result.</param>
    public async Task<SearchResult> RunAsync(CancellationToken stop)
    {
        try
        {
            return Result(await SearchAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Result(SearchEnding.Stopped);
        }
    }

    private async Task<SearchEnding> SearchAsync(CancellationToken stop)
    {
        if (await RepeatAsync(neighbourhood.Failure, Repetitions, stop) is not TrialOutcome.Red and var other)
            return other switch
            {
                TrialOutcome.Green => SearchEnding.Green,
                TrialOutcome.CannotRun => SearchEnding.CannotRun,
                _ => SearchEnding.Flaky,
            };
        var next = new NextPoint(neighbourhood, _effects);
        foreach (var (before, answer) in neighbourhood.Points.Skip(1).Select(point => (point, known?.Invoke(point))))
        {
            if (answer is null) continue;
            next.Skip(before);
            var trial = new Trial(before, answer.Value);
            _trials.Add(trial);
            _effects.Add(trial);
        }
        Point? point = null;
        var tried = 1;
        for (; tried < limit && (point = next.Take()) is not null; tried++)
            _effects.Add(await TryAsync(point, stop));
        var farthest = SearchResult.Farthest(_trials)!.Point;
        if (farthest.Number != 0 && await RepeatAsync(farthest, Repetitions - 1, stop) is not TrialOutcome.Red)
            return SearchEnding.Flaky;
        return point is null ? SearchEnding.Answered
            : next.Take() is null ? SearchEnding.Answered
            : SearchEnding.Exhausted;
    }

    // What all runs of a point came to; OtherFailure if they part.
    private async Task<TrialOutcome> RepeatAsync(Point point, int times, CancellationToken stop)
    {
        var outcomes = new HashSet<TrialOutcome>();
        for (var i = 0; i < times; i++)
        {
            outcomes.Add((await TryAsync(point, stop)).Outcome);
            // What can't run once can't again.
            if (outcomes.Contains(TrialOutcome.CannotRun)) return TrialOutcome.CannotRun;
        }
        return outcomes.Count == 1 ? outcomes.Single() : TrialOutcome.OtherFailure;
    }

    private async Task<Trial> TryAsync(Point point, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var trial = new Trial(point, await run(point, stop));
        _trials.Add(trial);
        onTrial?.Invoke(trial);
        return trial;
    }

    private SearchResult Result(SearchEnding ending)
    {
        var conditions = Conditions();
        var needed = conditions.SelectMany(condition => condition.OrElse.Append(condition.Dimension)).ToHashSet();
        var others = Enumerable.Range(0, neighbourhood.Dimensions.Count)
            .Where(dimension => !needed.Contains(dimension)).ToLookup(_effects.HasHarmless);
        return new()
        {
            Neighbourhood = neighbourhood,
            Ending = ending,
            Trials = [.. _trials],
            Limit = limit,
            Conditions = conditions,
            Irrelevant =
            [
                .. others[true].Select(dimension =>
                    (dimension, (IReadOnlyList<int>)[.. _effects.Values(dimension, ChangeEffect.Harmless)])),
            ],
            Unknown = [.. others[false]],
            Contradictions = [.. _effects.Contradictions],
            Effect = _effects.LikelyOf,
        };
    }

    private List<Need> Conditions()
    {
        var conditions = Enumerable.Range(0, neighbourhood.Dimensions.Count)
            .Where(_effects.IsNeeded).Select(dimension => ConditionOf(dimension)).ToList();
        // What always changed together can't be told apart.
        foreach (var (_, suspects) in _effects.Unexplained())
        {
            var dimensions = _effects.Likely(suspects);
            if (conditions.Exists(condition => dimensions.Contains(condition.Dimension))) continue;
            conditions.Add(ConditionOf(dimensions[0]) with { OrElse = [.. dimensions.Skip(1)] });
        }
        return [.. conditions.OrderBy(condition => condition.Dimension)];
    }

    private Need ConditionOf(int dimension)
    {
        var values = Enumerable.Range(1, neighbourhood.Dimensions[dimension].Values.Count - 1)
            .ToLookup(value => _effects.LikelyOf(new(dimension, value)));
        return new(
            dimension, [0, .. values[ChangeEffect.Harmless]], [.. values[ChangeEffect.Cures]],
            [.. values[ChangeEffect.Unknown]]);
    }
}
