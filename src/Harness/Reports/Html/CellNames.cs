namespace TlsInterop.Harness.Reports.Html;

/// <summary>
/// The parts of a cell's id, by which cells are counted and searched. Ids come from a journal: what is no id of this
/// version has parts all the same, and what has no four parts has its whole text for a server.
/// </summary>
/// <param name="Server">The server's end.</param>
/// <param name="Client">The client's end.</param>
/// <param name="Scenario">What the two do.</param>
/// <param name="Version">The version, or <c>default</c>.</param>
/// <param name="Suite">The suite; empty if the stacks choose.</param>
/// <param name="Rest">Group, certificate and quirk; empty without any.</param>
public readonly record struct CellNames(
    string Server, string Client, string Scenario, string Version, string Suite, string Rest)
{
    // What the file systems of all machines take, and room for the endings of a page and a capture.
    private const int MostOfName = 240;

    /// <summary>The parts of an id.</summary>
    public static CellNames Of(string id)
    {
        var parts = id.Split('/');
        if (parts.Length != 4) return new(id, "", "", "", "", "");
        var hasSuite = !parts[3].StartsWith(Matrix.Cell.OwnDefaults, StringComparison.Ordinal);
        var terms = parts[3].Split('-', hasSuite ? 3 : 2);
        return hasSuite
            ? new(parts[0], parts[1], parts[2], terms[0], At(terms, 1), At(terms, 2))
            : new(parts[0], parts[1], parts[2], terms[0], "", At(terms, 1));
    }

    /// <summary>The same, each part the one text that other cells have as well.</summary>
    /// <param name="words">The texts so far.</param>
    public CellNames Sharing(HashSet<string> words) => new(
        Shared(Server, words), Shared(Client, words), Shared(Scenario, words), Shared(Version, words),
        Shared(Suite, words), Shared(Rest, words));

    /// <summary>The one text of several that say the same.</summary>
    public static string Shared(string word, HashSet<string> words)
    {
        if (words.TryGetValue(word, out var known)) return known;
        words.Add(word);
        return word;
    }

    /// <summary>
    /// True if the id can be a path: four parts of harmless characters, of which none leads out of its folder.
    /// </summary>
    public static bool IsPath(string id) =>
        id.Length <= Matrix.CellId.MaxLength && id.Split('/') is { Length: 4 } parts && Array.TrueForAll(parts, IsName);

    private static bool IsName(string part) =>
        part.Length is > 0 and <= MostOfName && char.IsAsciiLetterOrDigit(part[0])
        && part.All(letter => char.IsAsciiLetterOrDigit(letter) || "@._+-".Contains(letter));

    private static string At(string[] terms, int index) => index < terms.Length ? terms[index] : "";
}
