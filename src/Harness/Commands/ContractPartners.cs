using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Commands;

/// <summary>Who plays the other end in the scenarios of an endpoint that is checked.</summary>
/// <param name="definition">The endpoint.</param>
/// <param name="reference">The version that is to be checked; without one: all of them.</param>
/// <param name="catalogue">Where the other ends are chosen from.</param>
/// <param name="known">What fails: nobody is a measure where it fails itself.</param>
internal sealed class ContractPartners(
    EndpointDefinition definition, EndpointReference reference, EndpointCatalogue catalogue, KnownFailures known)
{
    // The first that has a scenario plays the other end in it; whoever else has one does if none of these does.
    private static readonly EndpointReference[] Servers = [new("nginx", "trixie"), new("openssl", "trixie")];
    private static readonly EndpointReference[] Clients = [new("openssl", "trixie")];

    private readonly EndpointReference _own =
        reference.Version is null ? Newest(definition.Name, definition.VersionNames()) : reference;

    /// <summary>The scenarios of the endpoint's server, by the client that plays them with it.</summary>
    public IEnumerable<(string Partner, Scenario[] Scenarios)> OfServer() => ByPartner(Served);

    /// <summary>The scenarios of the endpoint's client, likewise.</summary>
    public IEnumerable<(string Partner, Scenario[] Scenarios)> OfClient() => ByPartner(Played);

    /// <summary>The scenarios that nobody plays the other end of: they can't be checked.</summary>
    public IReadOnlyList<string> Missing =>
        [.. Served.Concat(Played).Where(row => row.Partner is null).Select(row => row.Scenario.Name).Distinct()];

    private IEnumerable<(Scenario Scenario, EndpointReference? Partner)> Served => Partners(
        definition.Server?.Scenarios, Clients, offer => offer.ClientScenarios,
        (partner, scenario, version, suite) => CellOf(_own, partner, scenario, version, suite));

    private IEnumerable<(Scenario Scenario, EndpointReference? Partner)> Played => Partners(
        definition.Client?.Scenarios, Servers, offer => offer.ServerScenarios,
        (partner, scenario, version, suite) => CellOf(partner, _own, scenario, version, suite));

    private IEnumerable<(Scenario Scenario, EndpointReference? Partner)> Partners(
        IEnumerable<string>? scenarios, EndpointReference[] preferred, Func<EndpointOffer, IReadOnlyList<string>> plays,
        Func<EndpointReference, string, ProtocolVersion, string, Cell> cell)
    {
        var offers = catalogue.Endpoints.ToDictionary(offer => offer.Name, StringComparer.Ordinal);
        var choice = preferred.Concat(offers.Values.Select(offer => Newest(offer.Name, offer.Versions))).ToArray();
        foreach (var name in scenarios ?? [])
        {
            var scenario = catalogue.Scenarios[name];
            var able = choice
                .Where(partner => offers.TryGetValue(partner.Name, out var offer) && plays(offer).Contains(name))
                .ToList();
            // Where all fail, it may well be the one that is checked.
            yield return (scenario, able.Find(partner => IsMeasure(partner, scenario)) ?? able.FirstOrDefault());
        }

        bool IsMeasure(EndpointReference partner, Scenario scenario) =>
            ContractMatrix.Usual.Where(asked => scenario.IsOf(asked.Version)).All(asked =>
                IsGood(cell(partner, scenario.Name, asked.Version, asked.Suite)));
    }

    private bool IsGood(Cell cell) =>
        known.For(cell).Count == 0 && !catalogue.Facts.Any(fact => fact.Takes(axis => axis.Of(cell)));

    private static Cell CellOf(
        EndpointReference server, EndpointReference client, string scenario, ProtocolVersion version, string suite) =>
        new(server, client, scenario, version, new CipherSuite(CipherSuites.Find(suite)!.Code), ContractMatrix.Group);

    private static EndpointReference Newest(string name, IReadOnlyList<string> versions) =>
        versions is [.., var newest] ? new(name, newest) : new(name);

    private static IEnumerable<(string Partner, Scenario[] Scenarios)> ByPartner(
        IEnumerable<(Scenario Scenario, EndpointReference? Partner)> rows) =>
        rows.Where(row => row.Partner is not null)
            .GroupBy(row => row.Partner!.ToString(), row => row.Scenario)
            .Select(group => (group.Key, group.ToArray()));
}
