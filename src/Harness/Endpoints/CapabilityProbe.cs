using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// Asks a running endpoint what it can do, and does not believe it before it has answered 127 to a request that nobody
/// can fulfil. The answer is kept by image, so that a stack is asked once.
/// </summary>
/// <param name="answers">Where answers are kept.</param>
/// <param name="scenarios">The scenarios, of which the first that a role plays is asked for.</param>
public sealed class CapabilityProbe(AnswerCache answers, IReadOnlyDictionary<string, Scenario> scenarios)
{
    /// <summary>A name that no stack can have, well formed for every scheme.</summary>
    public const string Nonsense = "TLS_NONSENSE_WITH_NOTHING";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Asks the endpoint, and keeps the answer if it stands in an image.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="imageId">The image that it stands in, or null: then it is asked in every run.</param>
    /// <param name="network">Interface of this machine that the endpoint reaches.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EndpointException">It does not answer, or not as the contract says.</exception>
    public async Task<Capabilities> AskAsync(
        ShellEndpoint endpoint, string? imageId, string network, CancellationToken cancellationToken)
    {
        var definition = endpoint.Definition;
        var version = await endpoint.RunAsync(definition.Version, Deadline, cancellationToken);
        var listed = await endpoint.RunAsync(definition.Capabilities!, Deadline, cancellationToken);
        var capabilities = Capabilities.Read(
            version.Output.Trim(), listed.Output, NamingScheme.Find(definition.Names)!);
        if (capabilities.Suites.Count == 0)
        {
            throw new EndpointException(
                endpoint.Reference.ToString(),
                $"its command 'capabilities' names no suite (exit code {listed.ExitCode}):\n{listed.Output}",
                "it prints lines 'suite <version> <name>' and 'group <name>': see containers/CONTRACT.md");
        }
        await CheckContractAsync(endpoint, network, cancellationToken);
        capabilities = await HearAsync(endpoint, definition, capabilities, network, cancellationToken);
        return imageId is null ? capabilities : answers.Keep(definition, imageId, capabilities);
    }

    /// <summary>Adds what a client's ClientHello offers in TLS 1.2 and 1.3, where it says hello.</summary>
    /// <param name="client">The endpoint.</param>
    /// <param name="definition">What its folder says.</param>
    /// <param name="capabilities">What it lists.</param>
    /// <param name="network">Interface of this machine that it reaches.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EndpointException">It broke.</exception>
    public async Task<Capabilities> HearAsync(
        IClient client, EndpointDefinition definition, Capabilities capabilities, string network,
        CancellationToken cancellationToken)
    {
        var scenario = definition.Client?.Scenarios.Select(name => scenarios[name])
            .FirstOrDefault(played => played.StartTls is null);
        if (scenario is null) return capabilities;
        var offers = new Dictionary<string, ClientOffer>(StringComparer.Ordinal);
        foreach (var version in (ProtocolVersion[])[ProtocolVersion.Tls12, ProtocolVersion.Tls13])
        {
            using var listener = HelloListener.Start(network);
            foreach (var suite in Examples(capabilities.Suites.GetValueOrDefault(version.Id) ?? []))
                await client.ConnectAsync(
                    new(scenario, version, suite, null, CertificateProfile.Default), listener.Host, listener.Port,
                    Deadline, cancellationToken);
            if (listener.Heard.Count > 0) offers[version.Id] = ClientOffer.Of(listener.Heard);
        }
        return capabilities with { Offers = offers };
    }

    // What a client offers to verify may depend on who its suites let authenticate.
    private static IEnumerable<string> Examples(IEnumerable<ushort> suites) => suites
        .Order().Select(code => new CipherSuite(code)).Where(suite => suite.Info is { } row && Signs(row))
        .GroupBy(suite => suite.Info!.Authentication).Select(group => group.First().ToString());

    private static bool Signs(CipherSuiteInfo suite) => suite.Authentication == AuthenticationAlgorithm.Tls13
        || (suite.KeyExchange == KeyExchangeAlgorithm.Ecdhe
            && suite.Authentication is AuthenticationAlgorithm.Rsa or AuthenticationAlgorithm.Ecdsa);

    private async Task CheckContractAsync(ShellEndpoint endpoint, string network, CancellationToken cancellationToken)
    {
        if (endpoint.Definition.Server is { } server)
        {
            var request = NonsenseFor(server.Scenarios);
            var (running, code, output) = server.Process is not null
                ? await endpoint.StartServerAsync(request, Deadline, cancellationToken)
                : await endpoint.ConfigureSlotAsync(
                    request, server.Slots[request.Scenario.Name][0], Deadline, cancellationToken);
            if (running?.ProcessId is not null) await endpoint.StopServerAsync(running, cancellationToken);
            if (code != 127) throw Broken(endpoint, "server", code, output);
        }
        if (endpoint.Definition.Client is { } client)
        {
            // Some stacks read what is asked of them when they have connected: somebody takes the call, and hangs up.
            using var deaf = DeafListener.Start(network);
            var outcome = await endpoint.ConnectAsync(
                NonsenseFor(client.Scenarios), deaf.Host, deaf.Port, Deadline, cancellationToken);
            if (outcome.ExitCode != 127) throw Broken(endpoint, "client", outcome.ExitCode, outcome.Output);
        }
    }

    private CellRequest NonsenseFor(List<string> played) =>
        new(scenarios[played[0]], ProtocolVersion.Tls12, Nonsense, null, CertificateProfile.Default);

    private static EndpointException Broken(ShellEndpoint endpoint, string role, int code, string output) => new(
        endpoint.Reference.ToString(),
        $"Expected: exit code 127 from its {role} for the suite {Nonsense}. Got: {code}. It would call what it can't "
            + $"do a success or a failure.\n{output}".TrimEnd(),
        $"let '{role}.unsupported' of {Path.Combine(endpoint.Definition.Folder, EndpointFile.FileName)} match what "
            + "the stack says, or let its command refuse before it starts");
}
