using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// The endpoints, and beside them a client that nobody has asked: it is taken to play everything and to lack nothing,
/// until its ClientHello says otherwise.
/// </summary>
/// <param name="endpoints">Those that are known.</param>
/// <param name="device">The client.</param>
internal sealed class DeviceCatalogue(EndpointCatalogue endpoints, EndpointReference device) : IEndpointCatalogue
{
    public IReadOnlyList<EndpointOffer> Endpoints { get; } =
        [.. endpoints.Endpoints, new(device.Name, [], [], [.. endpoints.Scenarios.Keys])];

    public IReadOnlyList<Exclusion> Facts => endpoints.Facts;

    public bool HasScenarioAt(string scenario, ProtocolVersion? version) => endpoints.HasScenarioAt(scenario, version);

    public string? Lack(EndpointReference endpoint, ProtocolVersion? version, CipherSuite? suite, string? group) =>
        endpoint == device ? null : endpoints.Lack(endpoint, version, suite, group);

    public bool TellSecrets(EndpointReference server, EndpointReference client) =>
        endpoints.TellSecrets(server, client);

    public bool HasQuirks(EndpointReference endpoint) => endpoint != device && endpoints.HasQuirks(endpoint);

    public bool CanUse(EndpointReference server, LeafKeyKind key) => endpoints.CanUse(server, key);
}
