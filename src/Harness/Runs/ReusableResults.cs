using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// Results of an earlier run that hold still: the cell passed, and neither its endpoints nor the harness, nor what
/// steers it, has changed since.
/// </summary>
public sealed class ReusableResults
{
    // Certificates of stacks age, and clocks go on: what nobody has looked at for a week is looked at.
    private static readonly TimeSpan Freshness = TimeSpan.FromDays(7);

    private readonly Dictionary<string, CellResult> _results = new(StringComparer.Ordinal);
    private readonly HashSet<string> _same;

    /// <summary>Those of a run.</summary>
    /// <param name="earlier">The earlier run.</param>
    /// <param name="now">What is about to be run.</param>
    public ReusableResults(RecordedRun earlier, JournalHeader now)
    {
        _same = SameEndpoints(earlier.Header, now);
        WhyNone = earlier.Header is null ? $"{earlier.Name} does not tell what it was run with"
            : earlier.Header.Harness != now.Harness
                ? $"the harness, the scenarios or the lists have changed since {earlier.Name}"
            : _same.Count == 0 ? $"every endpoint has changed since {earlier.Name}"
            : null;
        if (WhyNone is not null) return;
        foreach (var result in earlier.Results.Where(result =>
            result is { Verdict: Verdict.Pass, IsRed: false } && now.Started - result.Started < Freshness))
            _results[result.Cell] = result with { ReusedFrom = result.ReusedFrom ?? earlier.Name };
    }

    /// <summary>Why no result at all holds still; null if some may.</summary>
    public string? WhyNone { get; }

    /// <summary>The result of a cell, if it holds still; its evidence lies with the run that it is of.</summary>
    public CellResult? Of(Cell cell) =>
        _same.Contains(cell.Server.ToString()) && _same.Contains(cell.Client.ToString())
        && _results.TryGetValue(cell.Id, out var result)
            ? result with { Evidence = null, ServerLog = null, ServerLogFrom = null, Configuration = null } : null;

    private static HashSet<string> SameEndpoints(JournalHeader? earlier, JournalHeader now)
    {
        var then = (earlier?.Endpoints ?? []).Where(endpoint => endpoint.Digest is not null)
            .ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.Digest, StringComparer.Ordinal);
        return now.Endpoints
            .Where(endpoint => endpoint.Digest is { } digest && then.GetValueOrDefault(endpoint.Name) == digest)
            .Select(endpoint => endpoint.Name).ToHashSet(StringComparer.Ordinal);
    }
}
