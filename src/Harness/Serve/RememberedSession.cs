using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// Asks the memory before the device. What asks anew takes another one, and hears all from the beginning.
/// </summary>
/// <param name="device">Asked what is not remembered.</param>
/// <param name="memory">What it said.</param>
/// <param name="onWait">Told before the device is asked.</param>
/// <param name="onAnswer">Told the cell, how often it was asked before, the answer, and whether that is new.</param>
internal sealed class RememberedSession(
    IDeviceSession device, DeviceMemory memory, Action<Cell> onWait,
    Action<Cell, int, DeviceAnswer, bool> onAnswer) : ICellSession
{
    private readonly Dictionary<Cell, int> _times = [];

    public EndpointCatalogue Catalogue => device.Catalogue;

    public RunFolder Folder => device.Folder;

    public Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken) =>
        device.IsAtHandAsync(endpoint, cancellationToken);

    public Task LearnAsync(IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken) =>
        device.LearnAsync(endpoints, cancellationToken);

    public async Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken)
    {
        var time = _times.GetValueOrDefault(cell);
        _times[cell] = time + 1;
        var answer = memory.Find(cell, time);
        var isNew = answer is null;
        if (answer is null)
        {
            onWait(cell);
            var result = await device.ExecuteAsync(cell, cancellationToken);
            answer = new(result, device.Offer);
            memory.Keep(answer);
        }
        onAnswer(cell, time, answer, isNew);
        return answer.Result;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
