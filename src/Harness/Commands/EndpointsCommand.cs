using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using Command = System.CommandLine.Command;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// <c>endpoints</c>: what there is in <c>containers/</c>, whether it keeps the contract, and how to add to it.
/// </summary>
internal static class EndpointsCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "endpoints",
            "Lists the endpoints: roles, version of the stack, what it offers, digest and size of its image",
            new Example("endpoints", "all of them; nothing is built or started"),
            new Example("endpoints check gnutls@trixie", "does it keep the contract?", NeedsEngine: true),
            new Example("endpoints new ncat --scheme openssl", "the folder containers/ncat, to be filled in"))
        {
            EndpointsCheckCommand.Create(), EndpointsNewCommand.Create(),
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var repository = Repository.Find();
            var console = parsed.InvocationConfiguration;
            var (engine, reason) = await ContainerEngine.FindAsync(cancellationToken);
            using var images = engine is null
                ? null
                : new EndpointImages(engine, repository.Containers, console.Error.WriteLine);
            var catalogue = repository.Catalogue();
            var answers = new AnswerCache(repository.Capabilities, repository.Session);
            var rows = await EndpointListing.ReadAsync(catalogue, engine, images, answers, cancellationToken);
            var width = RunScreen.Of(console.Output, quiet: true).Width;
            foreach (var line in EndpointTable.Lines(rows, width)) console.Output.WriteLine(line);
            console.Error.WriteLine(
                $"{rows.Select(row => row.Definition.Name).Distinct().Count()} endpoints in {rows.Count} versions, "
                + "with how many suites of each version they offer"
                + (engine is null ? $"; nothing is known of images: {reason}" : ""));
            if (rows.Any(row => row.Capabilities is null))
                console.Error.WriteLine("what is not asked or built yet: a run of its cells does that, and "
                    + $"'{CommandTree.Program} endpoints check NAME'");
            return ExitStatus.Green;
        });
        return command;
    }

    /// <summary>The endpoint that is meant: <c>NAME</c>, all of its versions, or <c>NAME@VERSION</c>.</summary>
    /// <exception cref="UsageException">There is none of that name, or it has no such version.</exception>
    public static (EndpointDefinition Definition, EndpointReference Reference) Find(
        string text, EndpointCatalogue catalogue)
    {
        var parts = text.Split('@', 2);
        if (!catalogue.Definitions.TryGetValue(parts[0], out var definition))
            throw new UsageException(NearMatch.Unknown("endpoint", parts[0], catalogue.Definitions.Keys));
        if (parts.Length == 1) return (definition, new EndpointReference(definition.Name));
        return definition.VersionNames().Contains(parts[1])
            ? (definition, new EndpointReference(definition.Name, parts[1]))
            : throw new UsageException(
                NearMatch.Unknown($"version of {definition.Name}", parts[1], definition.VersionNames()));
    }
}
