namespace TlsInterop.Harness.Minimise;

/// <summary>Whether a failure follows one of its ends.</summary>
/// <param name="Suspect">The answer.</param>
/// <param name="Servers">Other servers that were tried.</param>
/// <param name="Clients">Other clients that were tried.</param>
public sealed record Blame(Suspect Suspect, Blame.Others Servers, Blame.Others Clients)
{
    // One other end may be odd in the same way, or differ by chance.
    private const int Fewest = 2;

    private const double Half = 0.5;

    /// <summary>What others in the place of one end came to.</summary>
    /// <param name="Red">Those with which it fails all the same.</param>
    /// <param name="Green">Those with which it does not.</param>
    /// <param name="Otherwise">Those with which it fails otherwise: of them nothing is known.</param>
    public sealed record Others(
        IReadOnlyList<string> Red, IReadOnlyList<string> Green, IReadOnlyList<string> Otherwise)
    {
        /// <summary>How many tell something.</summary>
        public int Count => Red.Count + Green.Count;

        /// <summary>How many of them fail, of 1.</summary>
        public double Share => Count == 0 ? 0 : (double)Red.Count / Count;
    }

    /// <summary>Reads it off a search.</summary>
    /// <param name="result">The search.</param>
    /// <param name="hasQuirk">True if the client is one that departs from the plain handshake on purpose.</param>
    public static Blame Of(SearchResult result, bool hasQuirk = false)
    {
        var (servers, clients) = (OthersOf(result, CellDimension.Server), OthersOf(result, CellDimension.Client));
        return new(SuspectOf(servers, clients, hasQuirk), servers, clients);
    }

    private static Suspect SuspectOf(Others servers, Others clients, bool hasQuirk) => (servers, clients) switch
    {
        // Nobody else can be told to have a quirk; what is right is known, and other servers tell that it can be done.
        ({ Count: >= Fewest, Share: < Half }, { Count: 0 }) when hasQuirk => Suspect.Server,
        ({ Count: < Fewest }, _) or (_, { Count: < Fewest }) => Suspect.Open,
        ({ Red.Count: 0 }, { Red.Count: 0 }) => Suspect.OnlyThisPair,
        // Some of the others may be of the same make.
        ({ Share: < Half }, _) when clients.Share > servers.Share => Suspect.Server,
        (_, { Share: < Half }) when servers.Share > clients.Share => Suspect.Client,
        _ => Suspect.Neither,
    };

    private static Others OthersOf(SearchResult result, CellDimension end)
    {
        var dimensions = result.Neighbourhood.Dimensions;
        var number = Enumerable.Range(0, dimensions.Count)
            .Where(dimension => dimensions[dimension].Name == end.Name).DefaultIfEmpty(-1).First();
        if (number < 0) return new([], [], []);
        var values = Enumerable.Range(1, dimensions[number].Values.Count - 1).Select(value => new Change(number, value))
            .ToLookup(result.Effect);
        string Name(Change change) => dimensions[number].Values[change.Value];
        var cured = values[ChangeEffect.Cures].ToLookup(result.FailsOtherwise, Name);
        return new([.. values[ChangeEffect.Harmless].Select(Name)], [.. cured[false]], [.. cured[true]]);
    }
}
