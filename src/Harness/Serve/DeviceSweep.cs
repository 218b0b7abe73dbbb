using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// The configurations that a device may be given: what the servers offer, as far as it is to be tried.
/// </summary>
/// <param name="Servers">The servers.</param>
/// <param name="Protocol">The protocol that TLS comes up in, as RFC 3207 has it for SMTP; null for TLS alone.</param>
public sealed record DeviceSweep(IReadOnlyList<EndpointReference> Servers, string? Protocol)
{
    /// <summary>The client of every cell: whoever connects.</summary>
    public static readonly EndpointReference Device = new("device");

    /// <summary>What can be varied: all that is chosen at a server.</summary>
    public static readonly IReadOnlyList<Axis> Axes =
        [Axis.Server, Axis.Version, Axis.Suite, Axis.Group, Axis.Certificate, Axis.Quirk];

    /// <summary>The quirks of servers that a right client takes.</summary>
    public static IReadOnlyList<string> QuirksToTake { get; } =
    [
        .. AllQuirks.All.Where(quirk => quirk.Of.HasFlag(QuirkSide.Server) && quirk.Ends == QuirkEnding.Taken)
            .Select(quirk => quirk.Name),
    ];

    /// <summary>Versions to try; empty for all that a server offers.</summary>
    public IReadOnlyList<ProtocolVersion> Versions { get; init; } = [];

    /// <summary>Suites to try; empty for all that a server offers.</summary>
    public IReadOnlyList<CipherSuite> Suites { get; init; } = [];

    /// <summary>Groups to try; empty for the usual ones.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Certificate profiles to try; empty for one of each kind of key, none of which has a fault.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>
    /// Quirks to try; empty for all. Only those that a right client takes: of the others it would be the device that
    /// goes on which fails.
    /// </summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>What is varied; of the rest there is one value.</summary>
    public IReadOnlyCollection<Axis> Varied { get; init; } = [Axis.Server, Axis.Version, Axis.Suite];

    /// <summary>
    /// The scenario in which a server speaks the protocol, with nothing else asked of it; null if none.
    /// </summary>
    public string? ScenarioOf(EndpointReference server, EndpointCatalogue catalogue) =>
        catalogue.Definitions[server.Name].Server?.Scenarios
            .Select(name => catalogue.Scenarios[name])
            .FirstOrDefault(scenario => scenario.StartTls == Protocol && IsPlain(scenario))?.Name;

    /// <summary>The cells, once the servers have been asked what they offer.</summary>
    public IReadOnlyList<Cell> Cells(EndpointCatalogue catalogue)
    {
        var servers = Varied.Contains(Axis.Server) ? Servers : Servers.Take(1);
        var all = servers.SelectMany(server => CellsOf(server, catalogue)).Distinct().ToList();
        if (!Varied.Contains(Axis.Version) && all.Count > 0)
        {
            // The newest of which every server can do something.
            var version = all.GroupBy(cell => cell.Version)
                .OrderByDescending(group => group.Select(cell => cell.Server).Distinct().Count())
                .ThenByDescending(group => group.Key?.Code).First().Key;
            all.RemoveAll(cell => cell.Version != version);
        }
        if (Varied.Contains(Axis.Suite)) return all;
        var shared = all.GroupBy(cell => cell.Suite)
            .OrderByDescending(group => group.Count()).Select(group => group.Key).ToList();
        return
        [
            .. all.GroupBy(cell => (cell.Server, cell.Version, cell.Certificate, cell.Quirk)).SelectMany(group =>
            {
                var suite = group.MinBy(cell => shared.IndexOf(cell.Suite))!.Suite;
                return group.Where(cell => cell.Suite == suite);
            }),
        ];
    }

    private IEnumerable<Cell> CellsOf(EndpointReference server, EndpointCatalogue catalogue)
    {
        var values = Axis.All.ToDictionary(axis => axis, axis => ValuesOf(axis, server, catalogue).ToList());
        var with = new DeviceCatalogue(catalogue, Device);
        // A block that names quirks has no cell without one.
        Dictionary<Axis, List<string>>[] blocks =
            values[Axis.Quirk].Count > 0 ? [new(values) { [Axis.Quirk] = [] }, values] : [values];
        return blocks.SelectMany(block =>
        {
            var model = new BlockModel(Block(block), with);
            return model.Runnable.AllRows().Select(model.CellOf);
        });
    }

    private IEnumerable<string> ValuesOf(Axis axis, EndpointReference server, EndpointCatalogue catalogue) =>
        axis == Axis.Server ? [server.ToString()]
        : axis == Axis.Client ? [Device.ToString()]
        : axis == Axis.Scenario ? [ScenarioOf(server, catalogue)!]
        : axis == Axis.Version ? ProtocolVersion.Known
            .Where(version => Versions.Count == 0 || Versions.Contains(version)).Select(version => version.Id)
        : axis == Axis.Suite ? (catalogue.Known(server)?.Suites.Values ?? Enumerable.Empty<HashSet<ushort>>())
            .SelectMany(codes => codes).Distinct().Order().Select(code => new CipherSuite(code))
            .Where(suite => suite.Info is not null && (Suites.Count == 0 || Suites.Contains(suite)))
            .Select(suite => suite.ToString())
        : axis == Axis.Group ? Chosen(axis, Groups, CellCandidates.UsualGroups, none: [])
        : axis == Axis.Certificate ? Chosen(axis, Certificates, KindsOfKey(), [CertificateProfile.Default])
        : axis == Axis.Quirk && catalogue.HasQuirks(server) ? Chosen(axis, Quirks, QuirksToTake, none: [])
        : [];

    // What is named, or else the usual; one of it if it is not varied, or none where stacks choose by themselves.
    private IEnumerable<string> Chosen(
        Axis axis, IReadOnlyList<string> named, IEnumerable<string> usual, IEnumerable<string> none) =>
        (Varied.Contains(axis), named.Count > 0) switch
        {
            (true, true) => named, (true, false) => usual, (false, true) => named.Take(1), (false, false) => none,
        };

    private static IEnumerable<string> KindsOfKey() =>
        CertificateProfile.All.Where(profile => profile.Fault is null).DistinctBy(profile => profile.Key)
            .Select(profile => profile.Name);


    private static MatrixBlock Block(Dictionary<Axis, List<string>> values)
    {
        var at = new YamlScalar(1, 1, "");
        return new(at, "sweep", Strength: 0, values.ToDictionary(
            pair => pair.Key, pair => pair.Value.Select(text => new AxisValue(text, at)).ToList()), [], []);
    }

    private static bool IsPlain(Scenario scenario) =>
        scenario is { Visits: 1, Wire.Count: 0, Server.Count: 0, Complaint: false }
        && scenario.Silence == TimeSpan.Zero
        && scenario.Client.Keys.All(key => key == ScenarioParameter.StartTls);
}
