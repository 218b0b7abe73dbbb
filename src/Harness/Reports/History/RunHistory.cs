using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.History;

/// <summary>
/// The cells of many runs. One journal is read at a time, and of a result only its letter is kept: ten runs of a
/// hundred thousand cells take as much room as one.
/// </summary>
public sealed class RunHistory
{
    private readonly Dictionary<string, Track> _cells = new(StringComparer.Ordinal);
    private readonly List<string> _runs = [];
    private readonly List<string> _problems = [];
    private Dictionary<string, string> _inputs = new(StringComparer.Ordinal);

    private RunHistory() { }

    /// <summary>Names of the runs, the oldest first.</summary>
    public IReadOnlyList<string> Runs => _runs;

    /// <summary>What is wrong with some of them, a sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The cells: red ones first, then flaky ones, the most first; the rest by their ids.</summary>
    public IEnumerable<CellHistory> Cells => _cells
        .Select(entry => entry.Value.ToHistory(entry.Key, _runs))
        .OrderByDescending(cell => cell.IsRed).ThenByDescending(cell => cell.Changes)
        .ThenBy(cell => cell.Cell, StringComparer.Ordinal);

    /// <summary>Reads runs.</summary>
    /// <param name="entries">The runs, the oldest first.</param>
    /// <param name="filters">Patterns of which a cell has to match one; none for all cells.</param>
    public static RunHistory Read(IReadOnlyList<RunEntry> entries, IReadOnlyList<Glob> filters)
    {
        var history = new RunHistory();
        foreach (var entry in entries) history.Add(entry, filters, entries.Count);
        return history;
    }

    private void Add(RunEntry entry, IReadOnlyList<Glob> filters, int runs)
    {
        var number = _runs.Count;
        _runs.Add(entry.Name);
        JournalReading reading;
        try
        {
            reading = Journal.Read(Path.Combine(entry.Folder, RunFolder.JournalName));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{entry.Name}: {unreadable.Message}");
            return;
        }
        _problems.AddRange(reading.Problems.Select(problem => $"{entry.Name}: {problem}"));
        var header = reading.Headers is [.., var last] ? last : null;
        var inputs = InputsOf(header);
        foreach (var result in reading.Results)
        {
            if (!_cells.TryGetValue(result.Cell, out var track))
            {
                if (filters.Count > 0 && !filters.Any(glob => glob.IsMatch(result.Cell))) continue;
                _cells.Add(result.Cell, track = new Track(runs));
            }
            // What was taken over says nothing about chance.
            var isSame = number > 0 && result.ReusedFrom is null && header is not null
                && HasSameInputs(result.Cell, inputs);
            track.Set(number, HistoryLetters.Of(result), result.IsRed, isSame);
        }
        _inputs = inputs;
    }

    // A cell depends on the harness and on its two endpoints.
    private bool HasSameInputs(string cell, Dictionary<string, string> inputs)
    {
        var parts = cell.Split('/', 3);
        return Array.TrueForAll(
            [HarnessKey, .. parts.Take(2)],
            name => _inputs.TryGetValue(name, out var before) && inputs.TryGetValue(name, out var now) && before == now);
    }

    private const string HarnessKey = "";

    private static Dictionary<string, string> InputsOf(JournalHeader? header)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (header is null) return inputs;
        inputs[HarnessKey] = header.Harness;
        // Of a stack of the machine nobody knows whether it is the same.
        foreach (var endpoint in header.Endpoints.Where(endpoint => endpoint.Digest is not null))
            inputs[endpoint.Name] = endpoint.Digest!;
        return inputs;
    }

    private sealed class Track(int runs)
    {
        private readonly char[] _letters = [.. Enumerable.Repeat(HistoryLetters.Absent, runs)];
        private int _changes;
        private int _comparable;
        private int _lastGood = -1;
        private int _firstBad = -1;

        public void Set(int run, char letter, bool isRed, bool hasSameInputs)
        {
            if (hasSameInputs && _letters[run] == HistoryLetters.Absent && _letters[run - 1] != HistoryLetters.Absent)
            {
                _comparable++;
                if (_letters[run - 1] != letter) _changes++;
            }
            _letters[run] = letter;
            if (!isRed) (_lastGood, _firstBad) = (run, -1);
            else if (_firstBad < 0) _firstBad = run;
        }

        public CellHistory ToHistory(string cell, List<string> runs) => new(
            cell, new string(_letters), _changes, _comparable,
            _lastGood < 0 ? null : runs[_lastGood], _firstBad < 0 ? null : runs[_firstBad]);
    }
}
