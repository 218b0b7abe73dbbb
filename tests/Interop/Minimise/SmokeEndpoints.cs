using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Interop.Tests.Minimise;

/// <summary>A session in which only the endpoints of the smoke matrix are at hand, whatever else was built.</summary>
internal sealed class SmokeEndpoints(RunSession session) : ICellSession
{
    private readonly HashSet<EndpointReference> _endpoints =
    [
        .. InteropSession.Repository.Plan(InteropSession.Repository.Smoke, session.Catalogue).Cells
            .SelectMany(cell => new[] { cell.Server, cell.Client }),
    ];

    public EndpointCatalogue Catalogue => session.Catalogue;

    public RunFolder Folder => session.Folder;

    public async Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken) =>
        (_endpoints.Contains(endpoint) || session.Catalogue.HasQuirks(endpoint))
        && await session.IsAtHandAsync(endpoint, cancellationToken);

    public Task LearnAsync(IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken) =>
        session.LearnAsync(endpoints, cancellationToken);

    public Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken) =>
        session.ExecuteAsync(cell, cancellationToken);

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
