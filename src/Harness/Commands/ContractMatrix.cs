using System.Text;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// A small matrix that shows whether an endpoint keeps the contract: each role in each of its scenarios and versions,
/// and once with what else a cell may ask.
/// </summary>
/// <param name="definition">The endpoint.</param>
/// <param name="reference">The version that is to be checked; without one: all of them.</param>
/// <param name="partners">Who plays the other end.</param>
internal sealed class ContractMatrix(
    EndpointDefinition definition, EndpointReference reference, ContractPartners partners)
{
    /// <summary>The group of all its cells.</summary>
    public const string Group = "secp256r1";

    /// <summary>A suite of each version that almost everybody has.</summary>
    public static readonly IReadOnlyList<(ProtocolVersion Version, string Suite)> Usual =
    [
        (ProtocolVersion.Tls10, "ECDHE_RSA_WITH_AES_128_CBC_SHA"),
        (ProtocolVersion.Tls11, "ECDHE_RSA_WITH_AES_128_CBC_SHA"),
        (ProtocolVersion.Tls12, "ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        (ProtocolVersion.Tls13, "AES_128_GCM_SHA256"),
    ];

    // Who takes these beside the usual ones does not do the same whatever it is asked.
    private static readonly (ProtocolVersion Version, string Suite)[] Others =
    [
        (ProtocolVersion.Tls12, "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
        (ProtocolVersion.Tls13, "AES_256_GCM_SHA384"),
    ];

    private static readonly (ProtocolVersion Version, string Suite)[] Newer = [.. Usual.Skip(2)];

    private readonly StringBuilder _text = new();

    /// <summary>The text of the matrix.</summary>
    public string Text()
    {
        var isOfAll = reference.Version is null && definition.VersionNames().Count > 0;
        var own = isOfAll ? $"{reference}@*" : reference.ToString();
        _text.Clear().Append($"""
            name: check
            description: Does {reference} keep the contract?
            snapshots: none
            blocks:

            """);
        var (clients, servers) = (partners.OfServer().ToList(), partners.OfClient().ToList());
        foreach (var (client, scenarios) in clients)
            Blocks($"a server for {client}", own, client, scenarios, Usual, "rsa2048");
        if (FirstOfAllVersions(clients) is ({ } first, { } served)) Once("a server", own, first, served);
        foreach (var (server, scenarios) in servers)
        {
            Blocks($"a client of {server}", server, own, scenarios, Usual, "rsa2048");
            // Who attacks the way to TLS, or may refuse the hello, may never come to show a certificate.
            var shown = scenarios.Where(scenario => !scenario.Server.ContainsKey(ScenarioParameter.StartTls)
                && !scenario.Outcome.Contains(Outcome.ServerRefuses)
                && scenario.Client.Keys.All(asked => asked == ScenarioParameter.StartTls)).ToArray();
            Blocks($"{server} has an expired certificate", server, own, shown, Newer, "expired");
        }
        if (FirstOfAllVersions(servers) is ({ } second, { } played)) Once("a client", second, own, played);
        return _text.ToString();
    }

    private static (string? Partner, Scenario? Scenario) FirstOfAllVersions(
        IEnumerable<(string Partner, Scenario[] Scenarios)> rows) =>
        rows.Select(row => ((string?)row.Partner, row.Scenarios.FirstOrDefault(scenario => scenario.Versions.IsEmpty)))
            .FirstOrDefault(row => row.Item2 is not null);

    private void Once(string role, string server, string client, Scenario scenario)
    {
        Blocks($"{role} with an ECDSA key", server, client, [scenario], Others, "ecdsa-p256");
        Block($"{role} by itself", server, client, [scenario], Cell.OwnDefaults);
    }

    private void Blocks(
        string name, string server, string client, IReadOnlyList<Scenario> scenarios,
        IEnumerable<(ProtocolVersion Version, string Suite)> asked, string certificate)
    {
        foreach (var (version, suite) in asked)
        {
            var played = scenarios.Where(scenario => scenario.IsOf(version)).ToArray();
            if (played.Length == 0) continue;
            Block($"{name} in {version}", server, client, played, version.Id);
            _text.Append($"""
                    suite: {suite}
                    group: {Group}
                    certificate: {certificate}

                """);
        }
    }

    private void Block(
        string name, string server, string client, IReadOnlyList<Scenario> scenarios, string version) =>
        _text.Append($"""
              - name: {name}
                server: "{server}"
                client: "{client}"
                scenario: [{string.Join(", ", scenarios.Select(scenario => scenario.Name))}]
                version: {version}

            """);
}
