using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>An endpoint that is not what it was.</summary>
/// <param name="Name">Its name in cell ids.</param>
/// <param name="Before">As the earlier run had it; null if that did not.</param>
/// <param name="After">As the later run had it; null if that did not.</param>
public sealed record EndpointChange(string Name, JournalEndpoint? Before, JournalEndpoint? After)
{
    /// <summary>
    /// The endpoints of two runs that differ, by name; none where a run does not tell what it used. Of runs of other
    /// cells only those that both have: nobody knows whether the others are used.
    /// </summary>
    public static IReadOnlyList<EndpointChange> Between(RecordedRun before, RecordedRun after)
    {
        if (before.Header is null || after.Header is null) return [];
        var (old, now) = (ByName(before.Header), ByName(after.Header));
        var areOfSame = before.Matrix == after.Matrix && before.IsOfAll && after.IsOfAll;
        return
        [
            .. old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => new EndpointChange(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                .Where(change => change.Before is null || change.After is null ? areOfSame : change.IsOther),
        ];
    }

    // What one of the two does not tell may be the same.
    private bool IsOther => Differ(Before?.Version, After?.Version) || Differ(Before?.Digest, After?.Digest);

    /// <summary>As a sentence: <c>exim@trixie: Exim 4.98, was Exim 4.96</c>.</summary>
    public override string ToString() => (Before, After) switch
    {
        (null, _) => $"{Name}: new",
        (_, null) => $"{Name}: not used any more",
        _ when Differ(Before.Version, After.Version) => $"{Name}: {After.Version}, was {Before.Version}",
        _ => $"{Name}: made of something else ({After.Digest}, was {Before.Digest})",
    };

    private static bool Differ(string? before, string? after) =>
        before is not null && after is not null && before != after;

    // A shard that was resumed may tell of one endpoint twice.
    private static Dictionary<string, JournalEndpoint> ByName(JournalHeader header) => header.Endpoints
        .GroupBy(endpoint => endpoint.Name).ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
}
