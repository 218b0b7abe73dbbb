using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Reports;

/// <summary>What a failure needs, in words.</summary>
internal static class ConditionWords
{
    private static readonly (CellDimension Stack, CellDimension Version, Func<Cell, EndpointReference> End)[] Ends =
    [
        (CellDimension.Server, CellDimension.ServerVersion, cell => cell.Server),
        (CellDimension.Client, CellDimension.ClientVersion, cell => cell.Client),
    ];

    /// <summary>A clause for each condition: <c>the server is exim@bullseye</c>.</summary>
    public static IReadOnlyList<string> Clauses(SearchResult result, Cell failure) =>
    [
        .. Ends.SelectMany(end => OfEnd(result, end.Stack.Name, end.Version.Name, end.End(failure))),
        .. result.Conditions.Where(condition => !IsOfEnd(result, condition)).Select(condition =>
            Clause(result, condition, Name(result, condition.Dimension), Values(result, condition.Dimension))),
    ];

    /// <summary>What a value of a condition is called: <c>server exim@trixie</c>, <c>key exchange RSA</c>.</summary>
    public static string Of(SearchResult result, Cell failure, int dimension, IEnumerable<int> values)
    {
        var name = Name(result, dimension);
        var texts = values.Select(value => Values(result, dimension)[value]);
        foreach (var (stack, version, end) in Ends)
        {
            if (name == version.Name)
                return $"{stack.Name} {Together(texts.Select(text => end(failure) with { Version = text }))}";
            if (name == stack.Name) return $"{name} {Together(texts)}";
        }
        return $"{name} {string.Join(", ", texts)}";
    }

    /// <summary>Endpoints of one stack together: <c>curl@{bookworm,sid}, sslstream</c>.</summary>
    public static string Together(IEnumerable<string> endpoints) => Together(endpoints.Select(text =>
        EndpointReference.TryParse(text, out var reference) ? reference : new EndpointReference(text)));

    private static string Together(IEnumerable<EndpointReference> endpoints) => EndpointNames.Of(endpoints);

    private static IEnumerable<string> OfEnd(SearchResult result, string stack, string version, EndpointReference own)
    {
        var ofStack = Find(result, stack);
        var ofVersion = Find(result, version);
        if (ofStack is null && ofVersion is null) yield break;
        // Which versions of its own stack: all that is known of them, if they matter.
        var names = ofVersion is null
            ? own.Name
            : Together(ofVersion.Red.Select(value =>
                own with { Version = Values(result, ofVersion.Dimension)[value] }));
        if (ofStack is null || ofStack.Red.Count == 1)
        {
            yield return $"the {stack} is {names}{OrElse(result, ofStack ?? ofVersion!)}";
            yield break;
        }
        var values = Values(result, ofStack.Dimension);
        if (ofVersion is not null) yield return $"the {stack}, if it is {own.Name}, is {names}";
        yield return Clause(result, ofStack, stack, values, Together);
    }

    private static string Clause(
        SearchResult result, Need condition, string name, IReadOnlyList<string> values,
        Func<IEnumerable<string>, string>? join = null)
    {
        var red = condition.Red.Select(value => values[value]).ToList();
        var cured = condition.Cured.Select(value => values[value]).ToList();
        // What it is not is shorter where all that can be is known, and most of it is red.
        var isShort = result.Ending == SearchEnding.Answered && cured.Count > 0 && cured.Count < red.Count;
        var said = isShort ? cured : red;
        var text = join?.Invoke(said) ?? string.Join(", ", said);
        var not = !isShort ? "" : said.Count > 1 ? "none of " : "not ";
        return $"the {name} is {not}{(not.Length == 0 ? text.Replace(", ", " or ", StringComparison.Ordinal) : text)}"
            + OrElse(result, condition);
    }

    private static string OrElse(SearchResult result, Need condition) => condition.OrElse.Count == 0 ? ""
        : " (or the " + string.Join(" or the ", condition.OrElse.Select(dimension =>
            $"{Name(result, dimension)} {Values(result, dimension)[0]}"))
        + (result.Ending == SearchEnding.Answered ? ": they only change together)" : ": not told apart)");

    private static bool IsOfEnd(SearchResult result, Need condition) => Ends.Any(end =>
        Name(result, condition.Dimension) == end.Stack.Name || Name(result, condition.Dimension) == end.Version.Name);

    private static Need? Find(SearchResult result, string name) =>
        result.Conditions.FirstOrDefault(condition => Name(result, condition.Dimension) == name);

    private static string Name(SearchResult result, int dimension) => result.Neighbourhood.Dimensions[dimension].Name;

    private static IReadOnlyList<string> Values(SearchResult result, int dimension) =>
        result.Neighbourhood.Dimensions[dimension].Values;
}
