using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>How far a run is.</summary>
/// <param name="Done">Cells finished.</param>
/// <param name="Total">Cells to run.</param>
/// <param name="Counts">Finished cells by kind.</param>
/// <param name="PerMinute">Cells a minute so far.</param>
/// <param name="Left">What the rest will take at this rate; null if nothing is done yet.</param>
public sealed record RunReading(
    int Done, int Total, IReadOnlyDictionary<ResultKind, int> Counts, double PerMinute, TimeSpan? Left)
{
    /// <summary>The facts of a line of progress, without the bar.</summary>
    public ReportLine Line() => new(
    [
        $"{Done}/{Total}   ",
        .. ResultKinds.Counts(Counts, "  ").Parts,
        $"   {PerMinute:#,0}/min   {(Left is { } left ? $@"{left:m\:ss} left" : "")}",
    ]);
}

/// <summary>Counts results as they come, from any thread.</summary>
public sealed class RunTally(int total, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ResultKind, int> _counts = [];
    private readonly long _since = time.GetTimestamp();
    private int _done;

    public void Add(CellResult result)
    {
        lock (_lock)
        {
            var kind = ResultKinds.Of(result);
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _done++;
        }
    }

    public RunReading Read()
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_since);
            var perMinute = elapsed > TimeSpan.Zero ? _done / elapsed.TotalMinutes : 0;
            TimeSpan? left = _done > 0 ? elapsed / _done * (total - _done) : null;
            return new RunReading(_done, total, new Dictionary<ResultKind, int>(_counts), perMinute, left);
        }
    }
}
