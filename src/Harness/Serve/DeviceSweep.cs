using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// The configurations that a device may be given: what the servers offer, as far as it is to be tried.
/// </summary>
/// <param name="Servers">The servers.</param>
/// <param name="Protocol">The protocol that TLS comes up in, as RFC 3207 has it for SMTP; null for TLS alone.</param>
/// <param name="Certificate">Name of the certificate profile.</param>
public sealed record DeviceSweep(IReadOnlyList<EndpointReference> Servers, string? Protocol, string Certificate)
{
    /// <summary>The client of every cell: whoever connects.</summary>
    public static readonly EndpointReference Device = new("device");

    /// <summary>Versions to try; empty for all that a server offers.</summary>
    public IReadOnlyList<ProtocolVersion> Versions { get; init; } = [];

    /// <summary>Suites to try; empty for all that a server offers.</summary>
    public IReadOnlyList<CipherSuite> Suites { get; init; } = [];

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
        var all = servers.SelectMany(server => CellsOf(server, catalogue)).ToList();
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
            .. all.GroupBy(cell => (cell.Server, cell.Version))
                .Select(group => group.MinBy(cell => shared.IndexOf(cell.Suite))!),
        ];
    }

    private IEnumerable<Cell> CellsOf(EndpointReference server, EndpointCatalogue catalogue)
    {
        var scenario = ScenarioOf(server, catalogue)!;
        var certificate = CertificateProfile.Find(Certificate)!;
        return
            from version in ProtocolVersion.Known
            where Versions.Count == 0 || Versions.Contains(version)
            from code in catalogue.Known(server)?.Suites.GetValueOrDefault(version.Id) ?? []
            let suite = new CipherSuite(code)
            where Suites.Count == 0 || Suites.Contains(suite)
            where suite.Info is { } info && certificate.Fits(info)
                && version >= info.OldestVersion && version <= info.NewestVersion
            orderby version, code
            select new Cell(server, Device, scenario, version, suite, Certificate: Certificate);
    }

    private static bool IsPlain(Scenario scenario) =>
        scenario is { Visits: 1, Wire.Count: 0, Server.Count: 0, Complaint: false }
        && scenario.Silence == TimeSpan.Zero
        && scenario.Client.Keys.All(key => key == ScenarioParameter.StartTls);
}
