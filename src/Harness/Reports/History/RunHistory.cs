using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

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

    /// <summary>
    /// The cells: red ones first, then those that the youngest run lost, then flaky ones, the most first; the rest by
    /// their ids.
    /// </summary>
    public IEnumerable<CellHistory> Cells => _cells
        .Select(entry => entry.Value.ToHistory(entry.Key, _runs))
        .OrderByDescending(cell => cell.IsRed).ThenByDescending(cell => cell.IsLost)
        .ThenByDescending(cell => cell.Changes)
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
        RecordedRun run;
        try
        {
            run = RecordedRun.Load(entry.Folder);
        }
        catch (Exception unreadable) when (
            unreadable is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _problems.Add($"{entry.Name}: {unreadable.Message}");
            return;
        }
        _problems.AddRange(RunProblems.Of(run).Select(problem => $"{entry.Name}: {problem}"));
        var inputs = InputsOf(run.Header);
        foreach (var result in run.Results)
        {
            // What was taken over says nothing about chance.
            var isSame = number > 0 && result.ReusedFrom is null && run.Header is not null
                && HasSameInputs(result.Cell, inputs);
            TrackOf(result.Cell, filters, runs)?.Set(number, result, isSame);
        }
        foreach (var lost in run.Missing) TrackOf(lost, filters, runs)?.Lose(number);
        _inputs = inputs;
    }

    // Null of a cell that is not asked for.
    private Track? TrackOf(string cell, IReadOnlyList<Glob> filters, int runs)
    {
        if (_cells.TryGetValue(cell, out var track)) return track;
        if (filters.Count > 0 && !filters.Any(glob => glob.IsMatch(cell))) return null;
        return _cells[cell] = new Track(runs);
    }

    // A cell depends on the harness and on its two endpoints.
    private bool HasSameInputs(string cell, Dictionary<string, string> inputs)
    {
        var parts = cell.Split('/', 3);
        return Array.TrueForAll(
            [HarnessKey, .. parts.Take(2)],
            name => _inputs.TryGetValue(name, out var before)
                && inputs.TryGetValue(name, out var now) && before == now);
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

        public void Set(int run, CellResult result, bool hasSameInputs)
        {
            var letter = HistoryLetters.Of(result);
            if (hasSameInputs && HistoryLetters.IsResult(_letters[run - 1]))
            {
                _comparable++;
                if (_letters[run - 1] != letter) _changes++;
            }
            _letters[run] = letter;
            if (result.IsRed) _firstBad = _firstBad < 0 ? run : _firstBad;
            else _firstBad = -1;
            if (result is { IsRed: false, Verdict: Verdict.Pass }) _lastGood = run;
        }

        public void Lose(int run) => _letters[run] = HistoryLetters.Lost;

        public CellHistory ToHistory(string cell, List<string> runs) => new(
            cell, new string(_letters), _changes, _comparable,
            _lastGood < 0 ? null : runs[_lastGood], _firstBad < 0 ? null : runs[_firstBad]);
    }
}
