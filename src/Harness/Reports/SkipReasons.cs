using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Reports;

/// <summary>Why cells were left out, in groups.</summary>
public static class SkipReasons
{
    private const int ShownLength = 60;

    /// <summary>Each reason with its number of cells, the most frequent first.</summary>
    public static IReadOnlyList<(string Reason, int Count)> Group(IEnumerable<SkippedCell> skipped) =>
    [
        .. skipped.GroupBy(left => left.Reason)
            .Select(group => (group.Key, group.Count()))
            .OrderByDescending(group => group.Item2).ThenBy(group => group.Key, StringComparer.Ordinal),
    ];

    /// <summary>The first few groups in one line; long reasons are cut.</summary>
    public static string Short(IReadOnlyList<SkippedCell> skipped, int shown = 2)
    {
        var groups = Group(skipped);
        var words = groups.Take(shown).Select(group => $"{group.Count} × {Cut(group.Reason)}").ToList();
        var rest = groups.Skip(shown).Sum(group => group.Count);
        if (rest > 0) words.Add($"{rest} for {groups.Count - shown} other reasons, see report.txt");
        return string.Join("; ", words);
    }

    private static string Cut(string reason) =>
        reason.Length <= ShownLength ? reason : $"{reason[..ShownLength].TrimEnd()}…";
}
