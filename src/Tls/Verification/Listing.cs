namespace TlsInterop.Tls.Verification;

/// <summary>Lists of a peer in the sentence of a finding.</summary>
internal static class Listing
{
    /// <summary>
    /// No client means more than these; a list of a message's length in every finding would fill the memory.
    /// </summary>
    public const int MostItems = 100;

    /// <summary>The items with commas between them, and how many were left out.</summary>
    public static string Of<T>(IEnumerable<T> items)
    {
        var all = items as IReadOnlyCollection<T> ?? [.. items];
        if (all.Count == 0) return "none";
        var text = string.Join(", ", all.Take(MostItems));
        return all.Count > MostItems ? $"{text} and {all.Count - MostItems} more" : text;
    }
}
