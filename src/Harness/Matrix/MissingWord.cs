namespace TlsInterop.Harness.Matrix;

/// <summary>What keeps a pattern over ids from matching anything: the first word in it that no cell has.</summary>
internal static class MissingWord
{
    private static readonly (Axis Axis, Func<Cell, EndpointReference>? Endpoint)[] Parts =
        [(Axis.Server, cell => cell.Server), (Axis.Client, cell => cell.Client), (Axis.Scenario, null)];

    // What stands behind them may be left out, and is told from one another by its words alone.
    private static readonly Axis[] Terms = [Axis.Version, Axis.Suite];

    /// <summary>
    /// <c>no server 'opnssl', did you mean 'openssl'?</c> Null if each word is one of some cell, or can't be told from
    /// its neighbours, as behind a <c>**</c>.
    /// </summary>
    public static string? Of(string pattern, IReadOnlyCollection<Cell> cells)
    {
        var parts = pattern.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Contains("**", StringComparison.Ordinal)) return null;
            if (i == Parts.Length) return OfTerms(parts[i], cells);
            var (axis, endpoint) = Parts[i];
            var missing = endpoint is null
                ? Missing(axis.Name, parts[i], cells.Select(cell => axis.Of(cell)))
                : OfEndpoint(axis.Name, parts[i], cells.Select(endpoint));
            if (missing is not null) return missing;
        }
        return null;
    }

    private static string? OfEndpoint(string role, string word, IEnumerable<EndpointReference> endpoints)
    {
        var known = endpoints.Distinct().ToList();
        if (!Glob.TryParse(word, out var whole, out _) || known.Any(end => whole.IsMatch(end.ToString()))) return null;
        var words = word.Split('@', 2);
        if (Missing(role, words[0], known.Select(end => end.Name)) is { } unknown) return unknown;
        if (words.Length == 1) return $"no {role} '{word}' without a version: write '{word}@*'";
        var named = Glob.TryParse(words[0], out var name, out _) ? known.Where(end => name.IsMatch(end.Name)) : [];
        return Missing($"version of the {role} {words[0]}", words[1], named.Select(end => end.Version));
    }

    // A '*' may stand for many of them.
    private static string? OfTerms(string text, IReadOnlyCollection<Cell> cells) => text.Split('-').Zip(Terms)
        .TakeWhile(pair => !pair.First.Contains('*') && !text.StartsWith(Cell.OwnDefaults, StringComparison.Ordinal))
        .Select(pair => Missing(pair.Second.Name, pair.First, cells.Select(pair.Second.Of)))
        .FirstOrDefault(missing => missing is not null);

    private static string? Missing(string kind, string word, IEnumerable<string?> known)
    {
        var words = known.OfType<string>().Distinct().ToList();
        if (!Glob.TryParse(word, out var glob, out _) || words.Exists(glob.IsMatch)) return null;
        return $"no {kind} '{word}'"
            + (NearMatch.Of(word, words) is { } near ? $", did you mean '{near}'?"
                : words.Count is > 0 and <= 12 ? $", but {string.Join(", ", words)}" : "");
    }
}
