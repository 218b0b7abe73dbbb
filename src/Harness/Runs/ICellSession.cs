using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>What a search needs of a session: to run cells that no matrix has planned, whoever they bring in.</summary>
public interface ICellSession : IAsyncDisposable
{
    /// <summary>The endpoints, and what is known of what they offer.</summary>
    EndpointCatalogue Catalogue { get; }

    RunFolder Folder { get; }

    /// <summary>
    /// True if an endpoint can be started without an image being built. What it said before is learnt.
    /// </summary>
    Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken);

    /// <summary>Asks endpoints what they offer. One that breaks is told of, and stays unknown.</summary>
    Task LearnAsync(IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken);

    /// <summary>Runs one cell and writes its result into the journal.</summary>
    Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken);
}
