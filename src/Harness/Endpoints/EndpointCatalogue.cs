using TlsInterop.Tls.Scripted.Profiles;
using System.Collections.Concurrent;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// The endpoints of <c>containers/</c> as matrices see them, and what is known of their capabilities.
/// </summary>
public sealed class EndpointCatalogue : IEndpointCatalogue
{
    private readonly Dictionary<string, EndpointDefinition> _definitions;

    // All endpoints of a run are asked at the same time.
    private readonly ConcurrentDictionary<EndpointReference, Capabilities> _capabilities = new();

    private EndpointCatalogue(
        Dictionary<string, EndpointDefinition> definitions, IReadOnlyDictionary<string, Scenario> scenarios) =>
        (_definitions, Scenarios) = (definitions, scenarios);

    public IReadOnlyList<EndpointOffer> Endpoints => [.. _definitions.Values.Select(definition => new EndpointOffer(
        definition.Name, definition.VersionNames(),
        definition.Server?.Scenarios ?? [], definition.Client?.Scenarios ?? []))];

    public IReadOnlyList<Exclusion> Facts { get; private set; } = [];

    public IReadOnlyList<Cell> ReportedCells { get; private init; } = [];

    /// <summary>Every definition, by name.</summary>
    public IReadOnlyDictionary<string, EndpointDefinition> Definitions => _definitions;

    /// <summary>What they can be asked to do, by name.</summary>
    public IReadOnlyDictionary<string, Scenario> Scenarios { get; }

    /// <summary>Reads every folder of <c>containers/</c>; <c>base</c> is no endpoint.</summary>
    /// <param name="containers">The folder of the endpoints.</param>
    /// <param name="scenarios">The file of the scenarios that they name.</param>
    /// <param name="facts">The file of what stacks do not do; null: nothing is known of that.</param>
    /// <param name="profiles">Files of further profiles of the scripted client, by name.</param>
    /// <param name="reported">Cells that bug reports have become.</param>
    /// <exception cref="EndpointException">A definition is wrong, or names a scenario that is none.</exception>
    /// <exception cref="MatrixException">The file of what stacks do not do is wrong.</exception>
    public static EndpointCatalogue Load(
        string containers, string scenarios, string? facts = null,
        IReadOnlyDictionary<string, string>? profiles = null, IEnumerable<Cell>? reported = null)
    {
        var known = ScenarioFile.Read(scenarios);
        var catalogue = new EndpointCatalogue(
            Directory.EnumerateDirectories(containers)
                .Where(folder => Path.GetFileName(folder) != "base")
                .Order(StringComparer.Ordinal)
                .Select(folder => EndpointFile.Read(folder, known))
                .ToDictionary(definition => definition.Name, StringComparer.Ordinal),
            known)
        {
            ReportedCells = [.. reported ?? []],
        };
        foreach (var definition in catalogue._definitions.Values.Where(made => made.Worker == ScriptedStack.Kind))
            definition.Profiles = definition.Profiles.Concat(profiles ?? new Dictionary<string, string>())
                .ToDictionary(StringComparer.Ordinal);
        if (facts is not null) catalogue.Facts = StackFacts.Read(YamlFile.Load(facts), catalogue);
        return catalogue;
    }

    /// <summary>Keeps what an endpoint was probed to offer.</summary>
    public void Learn(EndpointReference endpoint, Capabilities capabilities) => _capabilities[endpoint] = capabilities;

    /// <summary>What was learnt of an endpoint, or null.</summary>
    public Capabilities? Known(EndpointReference endpoint) => _capabilities.GetValueOrDefault(endpoint);

    /// <summary>
    /// Why a cell cannot run, as far as it is known by probing: <c>the client gnutls@trixie does not offer TLS 1.3</c>.
    /// Null if nothing is in its way; a guess is no reason.
    /// </summary>
    public string? Lacks(Cell cell) =>
        BlockModel.Lacking(this, "server", cell.Server, cell.Version, cell.Suite, cell.Group)
        ?? BlockModel.Lacking(this, "client", cell.Client, cell.Version, cell.Suite, cell.Group)
        ?? BlockModel.LackingSecrets(this, cell.Server, cell.Client)
        ?? LacksKey(cell, CertificateProfile.Find(cell.Certificate)!.Key);

    public bool HasScenarioAt(string scenario, ProtocolVersion? version) => Scenarios[scenario].IsOf(version);

    public string? Lack(EndpointReference endpoint, ProtocolVersion? version, CipherSuite? suite, string? group) =>
        version is { } asked && suite is { } named ? Known(endpoint)?.Lack(asked, named, group)
        : Definitions[endpoint.Name].HasDefaults ? null
        : "a way to leave version and suite to itself";

    // A client from elsewhere has no definition.
    public bool HasQuirks(EndpointReference endpoint) =>
        Definitions.GetValueOrDefault(endpoint.Name)?.Worker is ScriptedStack.Kind or ServeService.Kind;

    /// <summary>True if an endpoint plays somebody with habits, which may break any rule.</summary>
    public bool HasHabits(EndpointReference endpoint) =>
        HasQuirks(endpoint) && endpoint.Version != ClientProfile.Plain.Name;

    public bool TellSecrets(EndpointReference server, EndpointReference client) =>
        _definitions[server.Name].Server?.KeyLog is not null
        || _definitions.GetValueOrDefault(client.Name)?.Client?.KeyLog is not null;

    public bool CanUse(EndpointReference server, LeafKeyKind key) =>
        Known(server) is not { } known || key.IsEveryServers || known.Certificates.Contains(key.Name);

    public bool CanVerify(EndpointReference client, ProtocolVersion? version, string? group, LeafKeyKind key) =>
        version is not { } asked
        || (Known(client)?.Offers.GetValueOrDefault(asked.Id)?.Verifies(key, asked, group) ?? true);

    private string? LacksKey(Cell cell, LeafKeyKind key) =>
        BlockModel.LackingKey(this, cell.Server, key)
        ?? BlockModel.LackingKey(this, cell.Client, cell.Version, cell.Group, key);
}
