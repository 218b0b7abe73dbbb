using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>What cells are expected to take: as long as the last time, or as long as others like them.</summary>
public sealed class CellTimes
{
    private readonly Dictionary<string, double> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Server, string Scenario), double> _alike;
    private readonly double _any;

    /// <summary>Times of earlier results; of a cell that is there twice, the last.</summary>
    public CellTimes(IEnumerable<CellResult> earlier)
    {
        var alike = new List<((string Server, string Scenario) Key, double Time)>();
        foreach (var result in earlier.Where(result => result.Milliseconds > 0))
        {
            _known[result.Cell] = result.Milliseconds;
            if (CellId.TryParse(result.Cell, out var cell, out _)) alike.Add((KeyOf(cell), result.Milliseconds));
        }
        _alike = alike.GroupBy(row => row.Key, row => row.Time).ToDictionary(group => group.Key, Enumerable.Average);
        // What nobody ever ran all takes the same.
        _any = alike.Count > 0 ? alike.Average(row => row.Time) : 1000;
    }

    /// <summary>True if the cell itself ran before.</summary>
    public bool IsKnown(Cell cell) => _known.ContainsKey(cell.Id);

    /// <summary>Milliseconds of a cell.</summary>
    public double Of(Cell cell) => _known.TryGetValue(cell.Id, out var known) ? known
        : _alike.TryGetValue(KeyOf(cell), out var alike) ? alike : _any;

    private static (string Server, string Scenario) KeyOf(Cell cell) => (cell.Server.Name, cell.Scenario);
}
