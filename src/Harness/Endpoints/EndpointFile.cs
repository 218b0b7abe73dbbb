using TlsInterop.Harness.Profiles;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Scenarios;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TlsInterop.Harness.Endpoints;

/// <summary>Reads <c>endpoint.yaml</c>.</summary>
public static class EndpointFile
{
    public const string FileName = "endpoint.yaml";

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>Reads the definition of the endpoint in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="scenarios">The scenarios that there are; null: its names are taken as they are.</param>
    /// <exception cref="EndpointException">The file is missing or wrong; the message names line and column.</exception>
    public static EndpointDefinition Read(string folder, IReadOnlyDictionary<string, Scenario>? scenarios = null)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            var definition = Yaml.Deserialize<EndpointDefinition?>(File.ReadAllText(file))
                ?? throw new EndpointException(file, "the file is empty", "containers/CONTRACT.md tells what it holds");
            definition.Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
            definition.Folder = folder;
            definition.Profiles = ProfileFile.In(folder);
            return Faults(definition).Concat(Unknown(definition, scenarios)).FirstOrDefault() is { } fault
                ? throw new EndpointException(
                    fault.In(file), fault.Problem, "containers/CONTRACT.md tells what the file holds")
                : definition;
        }
        catch (YamlException wrong)
        {
            throw new EndpointException(
                $"{file}:{wrong.Start.Line}:{wrong.Start.Column}",
                YamlFault.Of(wrong),
                "containers/CONTRACT.md tells what the file holds");
        }
        catch (IOException unreadable)
        {
            throw new EndpointException(
                file, unreadable.Message, "every folder of containers/ but base has such a file");
        }
    }

    private static IEnumerable<EndpointFault> Faults(EndpointDefinition definition)
    {
        if (definition.Server is null && definition.Client is null)
            yield return new("it has no role: neither server nor client");
        if (definition.Server is { Scenarios: null })
        {
            yield return new("a key is empty: 'scenarios'", "server", "scenarios");
            yield break;
        }
        if (definition.Client is { Scenarios: null } or { Commands: null })
        {
            var empty = definition.Client.Scenarios is null ? "scenarios" : "commands";
            yield return new($"a key is empty: '{empty}'", "client", empty);
            yield break;
        }
        if (definition.Server is { Scenarios.Count: 0 })
            yield return new("its server serves no scenario", "server", "scenarios");
        if (definition.Client is { Scenarios.Count: 0 })
            yield return new("its client plays no scenario", "client", "scenarios");
        if (NamingScheme.Find(definition.Names) is null)
        {
            var schemes = NamingScheme.All.Select(scheme => scheme.Name);
            yield return new(NearMatch.Unknown("naming scheme", definition.Names, schemes), "names");
        }
        foreach (var (version, arguments) in definition.Versions)
        {
            if (Fault(definition, version, arguments) is { } fault) yield return new(fault, "versions", version);
        }
        if (definition.Worker is not null) yield break;
        if (definition.Capabilities is null) yield return new("it has no command 'capabilities'");
        if (definition.Server is { Process: null, Daemon: null })
            yield return new("its server has neither 'process' nor 'daemon'", "server");
        if (definition.Server is { Daemon: not null } daemon)
        {
            if (daemon.Configure is null) yield return new("its daemon has no command 'configure'", "server", "daemon");
            var slotless = daemon.Scenarios.Where(name => daemon.Slots.GetValueOrDefault(name) is not { Count: > 0 });
            foreach (var scenario in slotless)
                yield return new($"its daemon has no slots for '{scenario}'", "server", "slots", scenario);
        }
        if (definition.Client is { Talk: null, Run: null })
            yield return new("its client has neither 'talk' nor 'run'", "client");
    }

    private static IEnumerable<EndpointFault> Unknown(
        EndpointDefinition definition, IReadOnlyDictionary<string, Scenario>? scenarios)
    {
        if (scenarios is null) yield break;
        foreach (var (role, named) in new[] { ("server", definition.Server?.Scenarios),
            ("client", definition.Client?.Scenarios) })
        {
            foreach (var name in (named ?? []).Where(name => !scenarios.ContainsKey(name)))
                yield return new(NearMatch.Unknown("scenario", name, scenarios.Keys), role, "scenarios", name);
        }
        foreach (var name in (definition.Server?.Scenarios ?? []).Where(scenarios.ContainsKey))
        {
            if (scenarios[name].Server.ContainsKey(ScenarioParameter.Versions) && !definition.HasDefaults)
                yield return new(
                    $"its words for 'version' have no 'none', which '{name}' asks its server for",
                    "server", "scenarios", name);
        }
        if (definition.Client is not { Talk: not null } client) yield break;
        var orders = ScenarioParameter.Find(ScenarioParameter.Command)!.OfClients;
        foreach (var order in client.Commands.Keys.Except(orders))
            yield return new(NearMatch.Unknown("command", order, orders), "client", "commands", order);
        foreach (var name in client.Scenarios.Where(scenarios.ContainsKey))
        {
            foreach (var order in scenarios[name].Conversation.Select(step => step.Command).OfType<string>())
            {
                if (!client.Commands.ContainsKey(order))
                    yield return new(
                        $"its client has no '{order}' among its 'commands', which '{name}' gives",
                        "client", "scenarios", name);
            }
        }
    }

    // A version is part of an image's tag and of a container's name, which take less than a cell id does.
    private static string? Fault(EndpointDefinition definition, string version, Dictionary<string, string> arguments)
    {
        if (!EndpointReference.TryParse($"stack@{version}", out _) || version.Contains('+', StringComparison.Ordinal))
            return $"version '{version}' is not made of lower-case letters, digits, '.', '_' and '-'";
        if (definition.Suites.Contains(version)) return $"version '{version}' is a suite as well";
        return arguments.GetValueOrDefault(EndpointDefinition.SuiteArgument) is { Length: > 0 }
            ? null
            : $"version '{version}' names no {EndpointDefinition.SuiteArgument} that its image stands on";
    }
}
