using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>The cells that a run says something about: those of its shard, and those that were chosen.</summary>
internal sealed class RunScope
{
    private const int Named = 3;

    private readonly RecordedRun _run;
    private readonly IReadOnlyList<string> _patterns;
    private readonly List<Glob> _chosen = [];
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ofOtherShards = new(StringComparer.Ordinal);

    public RunScope(RecordedRun run)
    {
        _run = run;
        _patterns = run.Header is { Chosen.Count: > 0 } header ? header.Chosen : run.Plan?.Chosen ?? [];
        // Nobody checked them: the file is somebody's.
        foreach (var pattern in _patterns)
            if (Glob.TryParse(pattern, out var glob, out _)) _chosen.Add(glob);
        if (_patterns.Count == 0 && run.Header?.Shard is null) return;
        _own.UnionWith(run.Results.Select(result => result.Cell));
        _own.UnionWith(run.Missing);
        if (run.Header?.Shard is null || run.Plan is null) return;
        _ofOtherShards.UnionWith(run.Plan.Cells.Select(planned => planned.Cell));
        _ofOtherShards.ExceptWith(_own);
    }

    /// <summary>True if the run was to have this cell, or would have had it if there had been one.</summary>
    public bool Has(string cell) => !_ofOtherShards.Contains(cell)
        && (_patterns.Count == 0 || _own.Contains(cell) || _chosen.Exists(glob => glob.IsMatch(cell)));

    /// <summary>What is left out of a comparison because of it, a sentence each.</summary>
    public IEnumerable<string> Remarks(string name)
    {
        if (_run.Header?.Shard is { } shard)
            yield return $"{name} is shard {shard} of its plan: cells of other shards are left out";
        if (_patterns.Count == 0) yield break;
        var shown = string.Join(", ", _patterns.Take(Named).Select(pattern => $"'{pattern}'"));
        var more = _patterns.Count > Named ? $" and {_patterns.Count - Named} more" : "";
        yield return $"{name} is of the cells that match {shown}{more} alone: all others are left out";
    }
}
