using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// Finds out what a device can't do by what it makes of configurations that are chosen for it: first until one fails,
/// then, by halving what that one has, what it needs to fail.
/// </summary>
/// <param name="session">Waits for the device.</param>
/// <param name="cells">The configurations.</param>
/// <param name="memory">What is known already.</param>
/// <param name="onAnswer">Told of each connection, and how many are needed yet at most.</param>
internal sealed class DeviceSearch(
    IDeviceSession session, IReadOnlyList<Cell> cells, DeviceMemory memory, Action<Cell, CellResult, int> onAnswer)
{
    // The failure and the last red point are repeated: the first time of each is counted with the others.
    private const int Again = 2 * (FailureSearch.Repetitions - 1);

    // What a server speaks behind TLS follows from the server.
    private static readonly CellDimension[] Dimensions =
        [.. CellDimension.All.Where(dimension => dimension.Name != Axis.Scenario.Name)];

    private Func<int> _left = () => 0;

    /// <summary>Searches; what is known when it is stopped is the answer.</summary>
    public async Task<DeviceFinding> RunAsync(CancellationToken stop)
    {
        var swept = new List<(Cell Cell, CellResult Result)>();
        var order = new SweepOrder(cells);
        var remembered = Remembered(result => IsFailure(result.Verdict)
            ? MostOf(cells.Count(cell => session.Offer?.Lack(cell) is null)) + Again - 1 : _left());
        DeviceOffer? offer = null;
        IReadOnlyList<Cell> left = order.Left(_ => true);
        var isStopped = false;
        try
        {
            while (left.Count > 0 && !swept.Exists(item => IsFailure(item.Result.Verdict)))
            {
                var cell = left[0];
                _left = () => left.Count - 1;
                var result = await remembered.ExecuteAsync(cell, stop);
                offer = remembered.Offer;
                order.Tried(cell);
                swept.Add((cell, result));
                left = order.Left(other => offer?.Lack(other) is null);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            isStopped = true;
        }
        var finding = new DeviceFinding
        {
            Swept = swept, Offered = [.. cells.Where(cell => offer?.Lack(cell) is null)], IsStopped = isStopped,
        };
        return swept.Find(item => IsFailure(item.Result.Verdict)) is { Cell: { } failure }
            ? finding with { Minimised = await MinimiseAsync(failure, finding.Offered, stop) }
            : finding;
    }

    /// <summary>True if the device came, and it did not work.</summary>
    public static bool IsFailure(Verdict verdict) => verdict is Verdict.Fail or Verdict.Hang;

    private async Task<Minimised> MinimiseAsync(Cell failure, IReadOnlyList<Cell> offered, CancellationToken stop)
    {
        var around = offered.Prepend(failure).Distinct().ToList();
        var points = Neighbourhood.Of(
            [.. Dimensions.Select(dimension => dimension.Name)],
            around.Select(cell => (IReadOnlyList<string>)
                [.. Dimensions.Select(dimension => dimension.Of(cell, failure))]),
            out var numbers);
        around = [.. numbers.Select(number => around[number])];
        var limit = MostOf(points.Points.Count);
        var runs = 0;
        _left = () => Math.Max(0, limit + Again - runs);
        var trials = new CellTrials(Remembered(_ => _left()), failure);
        var result = await new FailureSearch(
            points, async (point, cancelled) =>
            {
                runs++;
                return await trials.RunAsync(around[point.Number], cancelled);
            },
            limit).RunAsync(stop);
        return new()
        {
            Search = result,
            Failure = failure,
            Failed = trials.Failed,
            Cells = around,
            IsOfDevice = true,
            FirstDifference = result.NearestGreen is { } green
                ? FirstDifference.Of(session.Folder, trials, failure, around[green.Point.Number]) : null,
        };
    }

    // As for any other search, and never more than there are.
    private static int MostOf(int points) => Math.Min(points, Math.Max(1, (int)(3 * Math.Log2(points))));

    private RememberedSession Remembered(Func<CellResult, int> left) =>
        new(session, memory, (cell, answer) => onAnswer(cell, answer.Result, left(answer.Result)));
}
