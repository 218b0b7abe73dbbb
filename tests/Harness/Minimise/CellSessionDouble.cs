using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Minimise;

/// <summary>
/// A session of the repository's endpoints, none of which is started: all offer the same, some of them are at hand, and
/// cells end as they are told to.
/// </summary>
internal sealed class CellSessionDouble(string parent, Func<Cell, CellResult> execute) : ICellSession
{
    private static readonly string[] AtHand = ["bullseye", "bookworm", "trixie"];

    private static readonly string[] Suites =
    [
        "RSA_WITH_AES_128_CBC_SHA", "DHE_RSA_WITH_AES_128_CBC_SHA", "DHE_RSA_WITH_AES_256_CBC_SHA",
        "DHE_RSA_WITH_AES_128_GCM_SHA256", "DHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "RSA_WITH_AES_128_GCM_SHA256", "AES_128_GCM_SHA256",
    ];

    public EndpointCatalogue Catalogue { get; } = RepositoryFiles.Catalogue();

    public RunFolder Folder { get; } =
        RunFolder.Create(parent, new DateTimeOffset(2026, 11, 22, 2, 10, 0, TimeSpan.Zero));

    public List<Cell> Executed { get; } = [];

    public HashSet<EndpointReference> Asked { get; } = [];

    public Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken) =>
        Task.FromResult(endpoint.Name is "exim" or "openssl" or "gnutls" or "curl" or "cyrus" or "sslstream"
            && (endpoint.Version is null || AtHand.Contains(endpoint.Version)));

    public Task LearnAsync(IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken)
    {
        Asked.UnionWith(endpoints);
        foreach (var endpoint in endpoints)
            Catalogue.Learn(endpoint, new Capabilities
            {
                Version = "1",
                Suites = ProtocolVersion.Known.ToDictionary(
                    version => version.Id, version => Suites.Select(name => CipherSuites.Find(name)!)
                        .Where(suite => version >= suite.OldestVersion && version <= suite.NewestVersion)
                        .Select(suite => suite.Code).ToHashSet()),
                Groups = [.. NamedGroups.All.Select(group => group.Code)],
            });
        return Task.CompletedTask;
    }

    public Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Executed.Add(cell);
        return Task.FromResult(execute(cell));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
