using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>Keeps how a search stands, for whoever shows it; from any thread.</summary>
/// <param name="cells">Every configuration.</param>
/// <param name="time">Tells when the device came.</param>
/// <param name="onNew">Told of each connection, and how many are needed yet at most.</param>
internal sealed class SweepBoard(
    IReadOnlyList<Cell> cells, TimeProvider time, Action<Cell, CellResult, int> onNew) : ISearchWatch
{
    private readonly Lock _lock = new();
    private SweepReading _reading = new() { Cells = cells, Tried = [], Offered = cells.ToHashSet() };

    public SweepReading Read()
    {
        lock (_lock) return _reading;
    }

    public void Waits(Cell cell, DeviceFinding soFar, int left) =>
        Set(reading => Of(reading, soFar) with { Next = cell, Left = left });

    public void Answers(Cell cell, CellResult result, int left, bool isNew)
    {
        Set(reading => reading with
        {
            // One that fails once has failed, whatever it does the next time.
            Tried = reading.Tried.FirstOrDefault(item => item.Cell == cell).Result is not { } known
                ? [.. reading.Tried, (cell, result)]
                : DeviceSearch.IsFailure(known.Verdict) ? reading.Tried
                : [.. reading.Tried.Select(item => item.Cell == cell ? (cell, result) : item)],
            Left = left,
            Next = null,
            Connections = reading.Connections + (isNew ? 1 : 0),
            Came = isNew ? time.GetUtcNow() : reading.Came,
        });
        if (isNew) onNew(cell, result, left);
    }

    /// <summary>It is over.</summary>
    /// <param name="finding">What is known.</param>
    /// <param name="ending">How it ended, in words.</param>
    public void Ends(DeviceFinding finding, string ending) =>
        Set(reading => Of(reading, finding) with { Next = null, Ending = ending });

    private static SweepReading Of(SweepReading reading, DeviceFinding finding) =>
        reading with { Failures = finding.Failures, Offered = finding.Offered.ToHashSet() };

    private void Set(Func<SweepReading, SweepReading> change)
    {
        lock (_lock) _reading = change(_reading);
    }
}
