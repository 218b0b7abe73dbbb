using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Tests.Minimise;

/// <summary>A failure that is there exactly as long as each dimension has one of the values that it needs.</summary>
/// <param name="Sizes">How many values each dimension has; the failure has 0 in each.</param>
/// <param name="Conditions">Values with which it stays, by dimension; 0 is among them.</param>
internal sealed record SimulatedFailure(
    IReadOnlyList<int> Sizes, IReadOnlyDictionary<int, IReadOnlySet<int>> Conditions)
{
    /// <summary>Points that are not possible.</summary>
    public Func<IReadOnlyList<int>, bool> IsPossible { get; init; } = _ => true;

    /// <summary>What a point comes to, if it is not what the conditions say.</summary>
    public Func<Point, int, TrialOutcome?> Otherwise { get; init; } = (_, _) => null;

    public int Runs { get; private set; }

    /// <summary>One that needs the value that it has, in some dimensions.</summary>
    public static SimulatedFailure Needing(IReadOnlyList<int> sizes, params IEnumerable<int> dimensions) => new(
        sizes, dimensions.ToDictionary(dimension => dimension, _ => (IReadOnlySet<int>)new HashSet<int> { 0 }));

    public Neighbourhood Neighbourhood() => Harness.Minimise.Neighbourhood.Of(
        [.. Sizes.Select((_, dimension) => $"d{dimension}")],
        Rows().Where(row => IsPossible(row)).Select(row => row.Select(value => $"v{value}").ToList()), out _);

    public Task<SearchResult> SearchAsync(int? limit = null, CancellationToken stop = default)
    {
        var neighbourhood = Neighbourhood();
        return new FailureSearch(
            neighbourhood,
            (point, _) => Task.FromResult(new Answer(Otherwise(point, Runs++) ?? Outcome(neighbourhood, point))),
            limit ?? neighbourhood.Bound).RunAsync(stop);
    }

    /// <summary>Number of a dimension of the neighbourhood, and of a value, as the failure counts them.</summary>
    public static int Own(string word) => int.Parse(word[1..], System.Globalization.CultureInfo.InvariantCulture);

    private TrialOutcome Outcome(Neighbourhood neighbourhood, Point point) => point.Changes.Any(change =>
        Conditions.TryGetValue(Own(neighbourhood.Dimensions[change.Dimension].Name), out var stays)
        && !stays.Contains(Own(neighbourhood.Dimensions[change.Dimension].Values[change.Value])))
        ? TrialOutcome.Green
        : TrialOutcome.Red;

    private IEnumerable<int[]> Rows() => Sizes.Aggregate(
        (IEnumerable<int[]>)[[]],
        (rows, size) => rows.SelectMany(row => Enumerable.Range(0, size).Select(value => (int[])[.. row, value])));
}
