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
            return Faults(definition).Concat(Unknown(definition, scenarios)).FirstOrDefault() is { } fault
                ? throw new EndpointException(file, fault, "containers/CONTRACT.md tells what it holds")
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

    private static IEnumerable<string> Faults(EndpointDefinition definition)
    {
        if (definition.Server is null && definition.Client is null)
            yield return "it has no role: neither server nor client";
        if (definition.Server is { Scenarios: null } || definition.Client is { Scenarios: null } or { Commands: null })
        {
            yield return "a key is empty: 'scenarios' or 'commands'";
            yield break;
        }
        if (definition.Server is { Scenarios.Count: 0 }) yield return "its server serves no scenario";
        if (definition.Client is { Scenarios.Count: 0 }) yield return "its client plays no scenario";
        if (NamingScheme.Find(definition.Names) is null)
        {
            var schemes = string.Join(", ", NamingScheme.All.Select(scheme => scheme.Name));
            yield return $"unknown naming scheme '{definition.Names}': it is one of {schemes}";
        }
        var faults = definition.Versions.Select(version => Fault(definition, version.Key, version.Value));
        foreach (var fault in faults.OfType<string>()) yield return fault;
        if (definition.Worker is not null) yield break;
        if (definition.Capabilities is null) yield return "it has no command 'capabilities'";
        if (definition.Server is { Process: null, Daemon: null })
            yield return "its server has neither 'process' nor 'daemon'";
        if (definition.Server is { Daemon: not null } daemon)
        {
            if (daemon.Configure is null) yield return "its daemon has no command 'configure'";
            var slotless = daemon.Scenarios.Where(name => daemon.Slots.GetValueOrDefault(name) is not { Count: > 0 });
            foreach (var scenario in slotless)
                yield return $"its daemon has no slots for '{scenario}'";
        }
        if (definition.Client is { Talk: null, Run: null }) yield return "its client has neither 'talk' nor 'run'";
    }

    private static IEnumerable<string> Unknown(
        EndpointDefinition definition, IReadOnlyDictionary<string, Scenario>? scenarios)
    {
        if (scenarios is null) yield break;
        string[] named = [.. definition.Server?.Scenarios ?? [], .. definition.Client?.Scenarios ?? []];
        foreach (var name in named.Where(name => !scenarios.ContainsKey(name)))
            yield return NearMatch.Unknown("scenario", name, scenarios.Keys);
        if (definition.Client is not { Talk: not null } client) yield break;
        var orders = ScenarioParameter.Find(ScenarioParameter.Command)!.OfClients;
        foreach (var order in client.Commands.Keys.Except(orders))
            yield return NearMatch.Unknown("command", order, orders);
        foreach (var name in client.Scenarios)
        {
            foreach (var order in scenarios[name].Conversation.Select(step => step.Command).OfType<string>())
            {
                if (!client.Commands.ContainsKey(order))
                    yield return $"its client has no '{order}' among its 'commands', which '{name}' gives";
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
