using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// Finds out what a device can't do by what it makes of configurations that are chosen for it: those that bring most
/// that is new until one fails; then, by halving what that one has, what it needs to fail; and so on with what this
/// does not explain.
/// </summary>
/// <param name="session">Waits for the device.</param>
/// <param name="cells">The configurations.</param>
/// <param name="memory">What is known already.</param>
/// <param name="maxRuns">Most connections; null for <see cref="LimitOf"/>.</param>
/// <param name="watch">Told of each connection.</param>
internal sealed class DeviceSearch(
    IDeviceSession session, IReadOnlyList<Cell> cells, DeviceMemory memory, int? maxRuns, ISearchWatch watch)
{
    /// <summary>Failures that the bound has room for, if nobody says another.</summary>
    public const int RoomForFailures = 5;

    // The failure and the last red point are repeated: the first time of each is counted with the others.
    private const int Again = 2 * (FailureSearch.Repetitions - 1);

    // What a server speaks behind TLS follows from the server.
    private static readonly CellDimension[] Dimensions =
        [.. CellDimension.All.Where(dimension => dimension.Name != Axis.Scenario.Name)];

    private readonly SweepOrder _order = new(cells);
    private readonly List<(Cell Cell, CellResult Result)> _tried = [];
    private readonly List<Minimised> _failures = [];
    private readonly List<MinimisedExtent> _extents = [];
    private readonly HashSet<(Cell, int)> _connections = [];
    private readonly int _limit = maxRuns ?? LimitOf(cells);
    private DeviceOffer? _offer;

    /// <summary>
    /// Most connections that a search makes by itself: each configuration that brings something new, and what
    /// <see cref="RoomForFailures"/> failures take.
    /// </summary>
    public static int LimitOf(IReadOnlyList<Cell> cells) =>
        SweepLengthOf(cells) + (RoomForFailures * FailureLengthOf(cells.Count));

    /// <summary>Most connections that it takes to see that nothing fails.</summary>
    public static int SweepLengthOf(IReadOnlyList<Cell> cells) => new SweepOrder(cells).Left(_ => true).Count;

    /// <summary>Most connections that it takes to find out what one failure needs.</summary>
    /// <param name="count">Configurations around it.</param>
    public static int FailureLengthOf(int count) => MostOf(count) + Again;

    /// <summary>True if the device came, and it did not work.</summary>
    public static bool IsFailure(Verdict verdict) => verdict is Verdict.Fail or Verdict.Hang;

    /// <summary>Searches; what is known when it is stopped is the answer.</summary>
    public async Task<DeviceFinding> RunAsync(CancellationToken stop)
    {
        try
        {
            while (Next() is { } next)
            {
                stop.ThrowIfCancellationRequested();
                if (_connections.Count + next.Least > _limit) return Finding(DeviceEnding.Exhausted);
                await next.Go(stop);
            }
            return Finding(_failures.Exists(told => told.Search.Ending == SearchEnding.Stopped)
                ? DeviceEnding.Stopped : DeviceEnding.Answered);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Finding(DeviceEnding.Stopped);
        }
    }

    // What is to be done next, and how many connections it needs at least; null if nothing is left.
    private (int Least, Func<CancellationToken, Task> Go)? Next()
    {
        if (Unsearched() is [var failure, ..])
            return (1 + Again, stop => MinimiseAsync(failure.Cell, stop));
        if (Left() is not [var cell, ..]) return null;
        var remembered = Remembered(() => Finding(DeviceEnding.Stopped), () => LeftOf(Unsearched().Count));
        return (1, stop => remembered.ExecuteAsync(cell, stop));
    }

    private IReadOnlyList<Cell> Left() => _order.Left(cell => IsOffered(cell)
        && !_extents.Exists(extent => extent.Foretells(cell)));

    private bool IsOffered(Cell cell) => _offer?.Lack(cell) is null;

    // One of each kind, those that came first.
    private List<(Cell Cell, CellResult Result)> Unsearched()
    {
        var found = new List<(Cell Cell, CellResult Result)>();
        foreach (var (cell, result) in _tried.Where(item => IsFailure(item.Result.Verdict)))
        {
            if (_extents.Exists(extent => extent.Explains(cell, result))) continue;
            if (!found.Exists(other =>
                FailureLikeness.Compare(other, (cell, result)).Outcome == TrialOutcome.Red)) found.Add((cell, result));
        }
        return found;
    }

    private int LeftOf(int failures) => Math.Min(
        _limit - _connections.Count, Left().Count + (failures * FailureLengthOf(cells.Count(IsOffered))));

    private async Task MinimiseAsync(Cell failure, CancellationToken stop)
    {
        // What ends in the same way because of something else that is known would look as if this failure had no end.
        var failed = _tried.Find(item => item.Cell == failure).Result;
        var alike = _extents.FindAll(extent => extent.IsLike(failure, failed));
        var around = cells.Where(cell => IsOffered(cell) && !alike.Exists(extent => extent.Foretells(cell)))
            .Prepend(failure).Distinct().ToList();
        var points = Neighbourhood.Of(
            [.. Dimensions.Select(dimension => dimension.Name)],
            around.Select(cell => (IReadOnlyList<string>)
                [.. Dimensions.Select(dimension => dimension.Of(cell, failure))]),
            out var numbers);
        around = [.. numbers.Select(number => around[number])];
        var room = _limit - _connections.Count - Again;
        var bound = maxRuns is null ? Math.Min(MostOf(points.Points.Count), room) : room;
        var runs = 0;
        FailureSearch? search = null;
        CellTrials? trials = null;
        Minimised Told(SearchResult result) => new()
        {
            Search = result, Failure = failure, Failed = trials!.Failed, Cells = around, IsOfDevice = true,
        };
        var remembered = Remembered(
            () => Finding(DeviceEnding.Stopped, Told(search!.SoFar)),
            () => LeftOf(Unsearched().Count(item => item.Cell != failure))
                + Math.Max(0, Math.Min(points.Points.Count, bound) + Again - runs),
            () => runs++);
        trials = new(remembered, failure);
        // What was tried before costs no connection; what was not the same when it was repeated tells nothing.
        var before = _tried.Where(item => !_failures.Exists(told =>
                told.Failure == item.Cell && told.Search.Ending == SearchEnding.Flaky))
            .ToDictionary(item => item.Cell, item => item.Result);
        search = new(
            points, async (point, cancelled) =>
                Seen(trials, around[point.Number], await trials.RunAsync(around[point.Number], cancelled)),
            bound,
            known: point => around[point.Number] is var cell && before.TryGetValue(cell, out var result)
                ? Seen(trials, cell, trials.Know(cell, result)) : null);
        var told = Told(await search.RunAsync(stop));
        if (told.Search.NearestGreen is { } green)
            told = told with
            {
                FirstDifference = FirstDifference.Of(session.Folder, trials, failure, around[green.Point.Number]),
            };
        _failures.Add(told);
        _extents.Add(new(told));
        // What it did not come to the end of is not looked into again by others of its kind.
        if (told.Search.Ending != SearchEnding.Answered) _order.Tried(failure, tells: true);
    }

    // What ended before the place of this failure does not tell whether it would have come to it.
    private static Answer Seen(CellTrials trials, Cell cell, Answer answer) =>
        answer.Outcome == TrialOutcome.OtherFailure
        && HandshakePlace.IsBefore(trials.ResultOf(cell)!.After, trials.Failed!.After)
            ? answer with { Outcome = TrialOutcome.CannotRun } : answer;

    // As for any other search, and never more than there are.
    private static int MostOf(int points) => Math.Min(points, Math.Max(1, (int)(3 * Math.Log2(points))));

    private DeviceFinding Finding(DeviceEnding ending, Minimised? underWay = null)
    {
        var unsearched = Unsearched();
        return new()
        {
            Tried = [.. _tried],
            Offered = [.. cells.Where(IsOffered)],
            Failures = [.. _failures, .. underWay is null ? [] : new[] { underWay }],
            Unsearched = [.. unsearched.Where(item => item.Cell != underWay?.Failure)],
            Ending = ending,
        };
    }

    private RememberedSession Remembered(Func<DeviceFinding> soFar, Func<int> left, Action? onRun = null) => new(
        session, memory, cell => watch.Waits(cell, soFar(), left()),
        (cell, time, answer, isNew) =>
        {
            onRun?.Invoke();
            _connections.Add((cell, time));
            if (answer.Offer is { } offer) _offer = _offer?.With(offer) ?? offer;
            if (!_tried.Exists(item => item.Cell == cell)) _tried.Add((cell, answer.Result));
            _order.Tried(cell, tells: !IsFailure(answer.Result.Verdict));
            watch.Answers(cell, answer.Result, left(), isNew);
        });
}
