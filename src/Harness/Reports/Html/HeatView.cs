namespace TlsInterop.Harness.Reports.Html;

/// <summary>Servers by clients: how many cells each pair ran, and how many of them are red.</summary>
/// <param name="Servers">The rows.</param>
/// <param name="Clients">The columns.</param>
/// <param name="Pairs">A pair's counts by row and column; a pair without cells is not in it.</param>
/// <param name="IsByStack">True if the versions of a stack are one row or column, as there would be too many.</param>
public sealed record HeatView(
    IReadOnlyList<string> Servers, IReadOnlyList<string> Clients,
    IReadOnlyDictionary<(string Server, string Client), HeatView.Pair> Pairs, bool IsByStack)
{
    // With more the first page would be slow to load, and a table that nobody can read.
    private const int MostPairs = 3600;

    /// <summary>The cells of a server and a client.</summary>
    /// <param name="Count">Cells that were to run.</param>
    /// <param name="Reds">Those that are red.</param>
    /// <param name="Known">Those that failed as they were known to.</param>
    /// <param name="Lost">Those that have no result.</param>
    public sealed record Pair(int Count, int Reds, int Known, int Lost = 0)
    {
        /// <summary>Its class in the style sheet: the share of reds in four steps.</summary>
        public string Class => Reds > 0 ? $"bad heat{1 + Math.Min(3, (4 * Reds - 1) / Count)}"
            : Lost > 0 ? "warning" : Known == Count ? "quiet" : "good";

        /// <summary>Its sign.</summary>
        public string Mark => Reds > 0 ? "✕" : Lost > 0 ? ListedState.NotRun.Mark : Known == Count ? KnownMark : "✓";

        /// <summary>Its numbers.</summary>
        public string Text => Reds > 0 ? $"{Reds}/{Count}" : Lost > 0 ? $"{Lost}/{Count}"
            : Known > 0 && Known < Count ? $"{Count} {KnownMark}{Known}" : $"{Count}";

        private static string KnownMark => ListedState.Of(ResultKind.KnownFailure).Mark;

        /// <summary>All of it in words.</summary>
        public string Words => $"{Count - Lost} run, {Reds} red" + (Known > 0 ? $", {Known} known failures" : "")
            + (Lost > 0 ? $", {Lost} not run" : "");
    }

    /// <summary>The table of cells.</summary>
    internal static HeatView Of(IReadOnlyCollection<ListedCell> cells)
    {
        var run = cells.Where(cell => cell.Result is not null || cell.State == ListedState.NotRun).ToList();
        var (servers, clients) = Ends(run, name => name);
        var isByStack = (long)servers.Count * clients.Count > MostPairs;
        if (isByStack) (servers, clients) = Ends(run, Stack);
        var pairs = run
            .GroupBy(cell => isByStack
                ? (Stack(cell.Names.Server), Stack(cell.Names.Client)) : (cell.Names.Server, cell.Names.Client))
            .ToDictionary(group => group.Key, group => new Pair(
                group.Count(), group.Count(cell => cell.Result is not null && cell.IsRed),
                group.Count(cell => cell.State.Kind == ResultKind.KnownFailure),
                group.Count(cell => cell.Result is null)));
        return new(servers, clients, pairs, isByStack);
    }

    private static (List<string> Servers, List<string> Clients) Ends(
        List<ListedCell> run, Func<string, string> name) => (
        [.. run.Select(cell => name(cell.Names.Server)).Distinct().Order(StringComparer.Ordinal)],
        [.. run.Select(cell => name(cell.Names.Client)).Distinct().Order(StringComparer.Ordinal)]);

    // The filter takes a name without a version for all of them.
    private static string Stack(string name) => name.Split('@')[0];
}
