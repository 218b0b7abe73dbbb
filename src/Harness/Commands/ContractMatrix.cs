using System.Text;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// A small matrix that shows whether an endpoint keeps the contract: each role in each of its scenarios.
/// </summary>
internal static class ContractMatrix
{
    // The first that has a scenario plays the other end in it; whoever else has one does if none of these does.
    private static readonly string[] Servers = ["nginx@trixie", "openssl@trixie"];
    private static readonly string[] Clients = ["openssl@trixie"];

    // nginx' stream module ends both directions where the client has ended one: it would say nothing of the other end.
    private static readonly (string Server, string Scenario)[] Unfit = [("nginx", "half-close")];

    private const string OfEcdsa = "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

    private static readonly ProtocolVersion[] Versions =
        [ProtocolVersion.Tls10, ProtocolVersion.Tls11, ProtocolVersion.Tls12, ProtocolVersion.Tls13];

    private static readonly string[] Suites = ["RSA_WITH_AES_128_CBC_SHA", "ECDHE_RSA_WITH_AES_128_GCM_SHA256"];
    private static readonly string[] SuitesOfTls13 = ["AES_128_GCM_SHA256", "AES_256_GCM_SHA384"];

    /// <summary>The text of the matrix.</summary>
    /// <param name="definition">The endpoint.</param>
    /// <param name="reference">The version that is to be checked; without one: all of them.</param>
    /// <param name="catalogue">Where the other ends are chosen from.</param>
    public static string Of(EndpointDefinition definition, EndpointReference reference, EndpointCatalogue catalogue)
    {
        var isOfAll = reference.Version is null && definition.VersionNames().Count > 0;
        var own = isOfAll ? $"{reference}@*" : reference.ToString();
        var text = new StringBuilder($"""
            name: check
            description: Does {reference} keep the contract?
            snapshots: none
            blocks:

            """);
        foreach (var (client, scenarios) in ByPartner(OfServer(definition, catalogue), catalogue))
            Block(text, $"a server for {client}", own, client, scenarios, "[rsa2048, ecdsa-p256]", OfEcdsa);
        foreach (var (server, scenarios) in ByPartner(OfClient(definition, catalogue), catalogue))
        {
            Block(text, $"a client of {server}", server, own, scenarios, "[rsa2048, ecdsa-p256]", OfEcdsa);
            // Who attacks the way to TLS, or may refuse the hello, may never come to show a certificate.
            var shown = scenarios.Where(scenario => !scenario.Server.ContainsKey(ScenarioParameter.StartTls)
                && !scenario.Outcome.Contains(Outcome.ServerRefuses)).ToArray();
            if (shown.Length > 0)
                Block(text, $"{server} has an expired certificate", server, own, shown, "expired");
        }
        return text.ToString();
    }

    /// <summary>The scenarios of an endpoint that no other one plays the other end of: they can't be checked.</summary>
    public static IReadOnlyList<string> WithoutPartner(EndpointDefinition definition, EndpointCatalogue catalogue) =>
    [
        .. OfServer(definition, catalogue).Concat(OfClient(definition, catalogue))
            .Where(row => row.Partner is null).Select(row => row.Scenario).Distinct(),
    ];

    private static IEnumerable<(string Scenario, string? Partner)> OfServer(
        EndpointDefinition definition, EndpointCatalogue catalogue) =>
        Partners(definition.Server?.Scenarios, Clients, catalogue, offer => offer.ClientScenarios);

    private static IEnumerable<(string Scenario, string? Partner)> OfClient(
        EndpointDefinition definition, EndpointCatalogue catalogue) =>
        Partners(definition.Client?.Scenarios, Servers, catalogue, offer => offer.ServerScenarios);

    private static void Block(
        StringBuilder text, string name, string server, string client, IReadOnlyCollection<Scenario> scenarios,
        string certificate, params string[] suites)
    {
        var versions = Versions.Where(version => scenarios.Any(scenario => scenario.IsOf(version))).ToArray();
        IEnumerable<string> fit =
        [
            .. versions.Any(version => !version.IsTls13) ? [.. Suites, .. suites] : Array.Empty<string>(),
            .. versions.Any(version => version.IsTls13) ? SuitesOfTls13 : [],
        ];
        text.Append($"""
              - name: {name}
                combine: pairwise
                server: "{server}"
                client: "{client}"
                scenario: [{string.Join(", ", scenarios.Select(scenario => scenario.Name))}]
                version: [{string.Join(", ", versions.Select(version => version.Id))}]
                suite: [{string.Join(", ", fit)}]
                group: secp256r1
                certificate: {certificate}

            """);
    }

    private static IEnumerable<(string Scenario, string? Partner)> Partners(
        IEnumerable<string>? scenarios,
        string[] preferred,
        EndpointCatalogue catalogue,
        Func<EndpointOffer, IReadOnlyList<string>> plays)
    {
        var offers = catalogue.Endpoints;
        var choice = preferred
            .Select(name => (Name: name, Offer: offers.FirstOrDefault(offer => offer.Name == name.Split('@')[0])))
            .Concat(offers.Select(offer => (Name: Newest(offer), Offer: (EndpointOffer?)offer)))
            .ToList();
        return (scenarios ?? []).Select(scenario => (scenario, (string?)choice.FirstOrDefault(
            row => row.Offer is not null && plays(row.Offer).Contains(scenario)
                && !Unfit.Contains((row.Offer.Name, scenario))).Name));
    }

    private static string Newest(EndpointOffer offer) =>
        offer.Versions is [.., var newest] ? $"{offer.Name}@{newest}" : offer.Name;

    private static IEnumerable<(string Partner, Scenario[] Scenarios)> ByPartner(
        IEnumerable<(string Scenario, string? Partner)> rows, EndpointCatalogue catalogue) =>
        rows.Where(row => row.Partner is not null)
            .GroupBy(row => row.Partner!, row => catalogue.Scenarios[row.Scenario])
            .Select(group => (group.Key, group.ToArray()));
}
