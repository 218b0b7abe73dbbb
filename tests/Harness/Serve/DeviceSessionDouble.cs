using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Minimise;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Tests.Serve;

/// <summary>A device that comes whenever it is waited for, and fails with what it is told to.</summary>
/// <param name="parent">Folder of its runs.</param>
/// <param name="fails">Tells with which configurations it fails.</param>
/// <param name="offer">What it offers; null for everything.</param>
/// <param name="ends">With which alert it fails, and behind which message; null for always the same.</param>
internal sealed class DeviceSessionDouble(
    string parent, Func<Cell, bool> fails, DeviceOffer? offer = null,
    Func<Cell, (string Alert, string After)>? ends = null)
    : IDeviceSession
{
    private readonly CellSessionDouble _cells = new(parent, cell =>
        offer?.Lack(cell) is not null ? TestCells.Passed(cell.Id) with { Verdict = Verdict.Unsupported }
        : !fails(cell) ? TestCells.Passed(cell.Id)
        : TestCells.Failed(cell.Id) with
        {
            Alert = ends?.Invoke(cell).Alert ?? "bad_record_mac",
            From = Direction.ClientToServer,
            After = ends?.Invoke(cell).After ?? "Finished",
        });

    public EndpointCatalogue Catalogue => _cells.Catalogue;

    public RunFolder Folder => _cells.Folder;

    public DeviceOffer? Offer => Connections.Count > 0 ? offer : null;

    /// <summary>The configurations that it was given, in order.</summary>
    public IReadOnlyList<Cell> Connections => _cells.Executed;

    public Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken) =>
        _cells.IsAtHandAsync(endpoint, cancellationToken);

    public Task LearnAsync(IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken) =>
        _cells.LearnAsync(endpoints, cancellationToken);

    public Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken) =>
        _cells.ExecuteAsync(cell, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
