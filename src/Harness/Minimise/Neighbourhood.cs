namespace TlsInterop.Harness.Minimise;

/// <summary>All that a search may try: a failure, and the points that differ from it in some dimensions.</summary>
public sealed class Neighbourhood
{
    private Neighbourhood(IReadOnlyList<Dimension> dimensions, IReadOnlyList<Point> points) =>
        (Dimensions, Points) = (dimensions, points);

    /// <summary>What can be changed: dimensions in which some point differs.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>The failure, then its neighbours, those that cost least first.</summary>
    public IReadOnlyList<Point> Points { get; }

    public Point Failure => Points[0];

    /// <summary>
    /// Most runs that a search needs to make: thrice the binary logarithm of the number of points, which is what it
    /// takes to tell them apart with room for three conditions.
    /// </summary>
    public int Bound => Math.Max(1, (int)(3 * Math.Log2(Points.Count)));

    /// <summary>Makes the neighbourhood of a failure.</summary>
    /// <param name="names">Names of the dimensions.</param>
    /// <param name="rows">Values of the points in these dimensions, the failure first.</param>
    /// <param name="numbers">The place of each point's row; rows that say the same as one before have none.</param>
    public static Neighbourhood Of(
        IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string>> rows, out IReadOnlyList<int> numbers)
    {
        var values = names.Select(_ => new List<string>()).ToList();
        var places = new List<int>();
        var choices = new List<int[]>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var place = 0;
        foreach (var row in rows)
        {
            if (known.Add(string.Join('\n', row)))
            {
                choices.Add([.. row.Select((text, dimension) => NumberOf(values[dimension], text))]);
                places.Add(place);
            }
            place++;
        }
        numbers = places;
        var open = Enumerable.Range(0, names.Count).Where(dimension => values[dimension].Count > 1).ToList();
        return new(
            [.. open.Select(dimension => new Dimension(names[dimension], values[dimension]))],
            [.. choices.Select((choice, number) => new Point(number,
            [
                .. open.Select((dimension, at) => new Change(at, choice[dimension])).Where(change => change.Value > 0),
            ]))]);
    }

    /// <summary>A change in words: <c>key exchange ECDHE</c>.</summary>
    public string Words(Change change) =>
        $"{Dimensions[change.Dimension].Name} {Dimensions[change.Dimension].Values[change.Value]}";

    private static int NumberOf(List<string> values, string text)
    {
        var number = values.IndexOf(text);
        if (number >= 0) return number;
        values.Add(text);
        return values.Count - 1;
    }
}
