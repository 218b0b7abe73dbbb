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
/// <param name="onAnswer">Told of what the device itself says.</param>
internal sealed class RememberedSession(
    IDeviceSession device, DeviceMemory memory, Action<Cell, DeviceAnswer> onAnswer) : ICellSession
{
    private readonly Dictionary<Cell, int> _times = [];

    public EndpointCatalogue Catalogue => device.Catalogue;

    public RunFolder Folder => device.Folder;

    /// <summary>What the device offers, as far as the answers so far tell.</summary>
    public DeviceOffer? Offer { get; private set; }

    public Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken) =>
        device.IsAtHandAsync(endpoint, cancellationToken);

    public Task LearnAsync(IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken) =>
        device.LearnAsync(endpoints, cancellationToken);

    public async Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken)
    {
        var time = _times.GetValueOrDefault(cell);
        _times[cell] = time + 1;
        var answer = memory.Find(cell, time);
        if (answer is null)
        {
            var result = await device.ExecuteAsync(cell, cancellationToken);
            answer = new(result, device.Offer);
            memory.Keep(answer);
            onAnswer(cell, answer);
        }
        if (answer.Offer is { } offer) Offer = Offer?.With(offer) ?? offer;
        return answer.Result;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
