namespace TlsInterop.Harness.Matrix;

/// <summary>Finds the known word that a mistyped one was meant to be.</summary>
public static class NearMatch
{
    /// <summary>
    /// A sentence about an unknown word: <c>unknown axis 'ciper', did you mean 'cipher'?</c> With no word near, it
    /// lists the known ones as far as they are few.
    /// </summary>
    public static string Unknown(string kind, string word, IEnumerable<string> known)
    {
        var all = known.Distinct(StringComparer.Ordinal).ToList();
        var shown = word.Length <= 80 ? word : word[..80] + "...";
        var start = $"unknown {kind} '{shown}'";
        if (Of(word, all) is { } near) start += $", did you mean '{near}'?";
        if (all.Count == 0) return start + $" (there is no {kind} to choose from)";
        return all.Count > 12 ? start : $"{start}{(start.EndsWith('?') ? " " : "; ")}Known: {string.Join(", ", all)}";
    }

    /// <summary>The nearest candidate, or null if none is near enough to be what was meant.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 200) return null;
        var known = candidates.ToList();
        var best = Closest(word, known, 1);
        if (best.Count == 0) return null;
        // A word that was cut short is far by edits, and meant all the same.
        var longer = known.Where(candidate => candidate.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (word.Length >= 3
            && longer.MinBy(candidate => candidate.IndexOf(word, StringComparison.OrdinalIgnoreCase)) is { } whole)
            return whole;
        var limit = Math.Max(1, (Math.Min(word.Length, best[0].Length) + 1) / 3);
        return Distance(Fold(word), Fold(best[0])) <= limit ? best[0] : null;
    }

    /// <summary>The candidates that are nearest, the nearest first, however far they are.</summary>
    public static IReadOnlyList<string> Closest(string word, IEnumerable<string> candidates, int count) =>
    [
        .. candidates
            .OrderBy(candidate => Distance(Fold(word), Fold(candidate)))
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .Take(count),
    ];

    /// <summary>
    /// Number of insertions, deletions, substitutions and swaps of neighbours between two words (Damerau-Levenshtein,
    /// with each part of the word edited at most once).
    /// </summary>
    public static int Distance(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++) last[column] = column;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(substitution, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last, row) = (last, row, beforeLast);
        }
        return last[right.Length];
    }

    private static string Fold(string word) => word.ToLowerInvariant();
}
