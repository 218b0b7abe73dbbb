using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>Finds the cells that were green in each of the last runs.</summary>
public static class Ratchet
{
    /// <summary>The ids of cells that passed, as they should, in every run.</summary>
    /// <param name="runs">Runs of one matrix.</param>
    public static IReadOnlyList<string> Green(IEnumerable<RecordedRun> runs)
    {
        HashSet<string>? green = null;
        foreach (var run in runs)
        {
            // What was taken over from another run was seen there, and says nothing more.
            var own = run.Results
                .Where(result => result is { Verdict: Verdict.Pass, IsRed: false, ReusedFrom: null })
                .Select(result => result.Cell);
            if (green is null) green = own.ToHashSet(StringComparer.Ordinal);
            else green.IntersectWith(own);
        }
        return [.. (green ?? []).Order(StringComparer.Ordinal)];
    }
}
