using System.CommandLine;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// <c>endpoints check</c>: asks an endpoint anew what it offers and for what nobody has, then runs it in every scenario
/// of both roles against endpoints that keep the contract.
/// </summary>
internal static class EndpointsCheckCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "An endpoint, or one version of it: NAME@VERSION" };
        name.CompletionSources.Add(_ => MatrixChoice.Endpoints());
        var command = new DocumentedCommand(
            "check",
            "Proves that an endpoint keeps the contract: builds its image, asks what it offers, asks both roles for a "
            + "suite that nobody has, and runs it in every scenario that it names and every version, with an "
                + "expired certificate too: some four cells a scenario",
            new Example("endpoints check gnutls@trixie", "one version", NeedsEngine: true),
            new Example("endpoints check postfix", "all of its versions", NeedsEngine: true))
        {
            name,
        };
        command.Check = parsed => EndpointsCommand.Find(parsed.GetValue(name)!, Repository.Find().Catalogue());
        command.SetAction(async (parsed, _) =>
            await RunAsync(parsed.GetValue(name)!, parsed.InvocationConfiguration.Output));
        return command;
    }

    private static async Task<int> RunAsync(string name, TextWriter output)
    {
        var repository = Repository.Find();
        var catalogue = repository.Catalogue();
        var (definition, reference) = EndpointsCommand.Find(name, catalogue);
        var partners = new ContractPartners(
            definition, reference, catalogue, KnownFailures.Load(repository.KnownFailures));
        if (partners.Missing is { Count: > 0 } alone)
        {
            throw new UsageException(
                $"{definition.Name}: no other endpoint plays {string.Join(", ", alone)}, so that can't be checked\n"
                + "  remedy: add it to an endpoint of the other role, or take it from its scenarios");
        }
        var folder = Path.Combine(repository.Cache, "check");
        // What it answered in an earlier run proves nothing.
        var answers = Path.Combine(folder, "capabilities");
        if (Directory.Exists(answers)) Directory.Delete(answers, recursive: true);
        Directory.CreateDirectory(folder);
        var matrix = Path.Combine(folder, $"{definition.Name}.yaml");
        await File.WriteAllTextAsync(matrix, new ContractMatrix(definition, reference, partners).Text());

        var arguments = new RunArguments
        {
            Matrix = Path.GetRelativePath(Directory.GetCurrentDirectory(), matrix),
            Options = new RunOptions { Repository = repository, CapabilitiesFolder = answers },
        };
        var screen = RunScreen.Of(output, quiet: false);
        using var interruption = new RunInterruption(Grace, Environment.Exit, screen.Progress.Note);
        interruption.Listen();
        RunSession? session = null;
        var status = await new RunAction(
            arguments,
            async (options, say, begun, stop) => session = await RunSession.OpenAsync(options, say, begun, stop),
            screen,
            interruption,
            TimeProvider.System).RunAsync();
        if (session is not null) Tell(definition, session.Catalogue, output);
        return status;
    }

    private static void Tell(EndpointDefinition definition, EndpointCatalogue learnt, TextWriter output)
    {
        foreach (var version in definition.VersionNames().DefaultIfEmpty(null))
        {
            var reference = new Matrix.EndpointReference(definition.Name, version);
            if (learnt.Known(reference) is not { } offered) continue;
            output.WriteLine($"{reference}: {offered.Version.Split('\n')[0]}: {EndpointTable.Offers(offered)}");
            if (offered.Unknown.Count > 0)
            {
                output.WriteLine($"  left out, the scheme '{definition.Names}' has no such name: "
                    + string.Join(", ", offered.Unknown));
            }
        }
    }
}
