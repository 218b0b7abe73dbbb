using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TlsInterop.Harness.Scenarios;

/// <summary>Reads <c>matrices/scenarios.yaml</c>.</summary>
public static class ScenarioFile
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithTypeConverter(new Choices.Converter())
        .WithEnforceRequiredMembers()
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>Every scenario by its name.</summary>
    /// <exception cref="EndpointException">The file is missing or wrong.</exception>
    public static IReadOnlyDictionary<string, Scenario> Read(string file)
    {
        try
        {
            var scenarios = Yaml.Deserialize<Dictionary<string, Scenario>?>(File.ReadAllText(file))
                ?? throw new EndpointException(file, "the file is empty", "it holds at least one scenario");
            foreach (var (name, scenario) in scenarios)
            {
                if (IsHollow(scenario))
                    throw new EndpointException(
                        file, $"scenario '{name}': a key or a step of it is empty", "fill it in");
                scenario.Name = name;
                // A client may have to be started otherwise, to be told something later.
                if (scenario.Conversation.Find(step => step.Command is not null)?.Command is { } command)
                    scenario.Client[ScenarioParameter.Command] = command;
                if (Faults(scenario).FirstOrDefault() is { } fault)
                    throw new EndpointException(file, $"scenario '{name}': {fault}", "mend the scenario");
            }
            return scenarios;
        }
        catch (YamlException wrong)
        {
            throw new EndpointException(
                $"{file}:{wrong.Start.Line}:{wrong.Start.Column}",
                YamlFault.Of(wrong),
                "mend the line");
        }
        catch (IOException unreadable)
        {
            throw new EndpointException(file, unreadable.Message, "the folder matrices/ of the repository has it");
        }
    }

    // YAML can say null where the types cannot.
    private static bool IsHollow(Scenario? scenario) =>
        scenario is null or { Server: null } or { Client: null } or { Conversation: null } or { Wire: null }
            or { Versions: null } or { Outcome: null } or { Breaks: null }
        || scenario.Server.ContainsValue(null!) || scenario.Client.ContainsValue(null!)
        || scenario.Conversation.Contains(null!) || scenario.Breaks.Contains("")
        || scenario.Wire.Values.Any(values => values is null || values.IsEmpty || values.Contains(""));

    private static IEnumerable<string> Faults(Scenario scenario) =>
    [
        .. scenario.Conversation.Select(step => step.Fault).OfType<string>(),
        .. Unknown("version", scenario.Versions.Values, ProtocolVersion.Known.Select(version => version.Id)),
        .. Unknown("parameter of a server", scenario.Server.Keys, Parameters(EndpointRole.Server)),
        .. Unknown("parameter of a client", scenario.Client.Keys, Parameters(EndpointRole.Client)),
        .. scenario.Server.SelectMany(asked => Unknown(
            $"{asked.Key} of a server", [asked.Value], ScenarioParameter.Find(asked.Key)?.OfServers)),
        .. scenario.Client.SelectMany(asked => Unknown(
            $"{asked.Key} of a client", [asked.Value], ScenarioParameter.Find(asked.Key)?.OfClients)),
        .. Unknown("outcome", scenario.Outcome.Values, Outcome.All),
        .. Unknown("fact of the wire", scenario.Wire.Keys, WireFact.All.Select(fact => fact.Name)),
        .. Unknown("rule", scenario.Breaks.Values, Rules.All.Select(rule => rule.Id)),
        .. scenario.Visits is < 1 or > 2 ? ["'visits' is 1 or 2"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Parameters(EndpointRole role) =>
        ScenarioParameter.All.Where(parameter => parameter.Roles.Contains(role)).Select(parameter => parameter.Name);

    // Where nothing is known, anything goes.
    private static IEnumerable<string> Unknown(string kind, IEnumerable<string> words, IEnumerable<string>? known) =>
        known?.Any() != true
            ? []
            : words.Where(word => !known.Contains(word)).Select(word => NearMatch.Unknown(kind, word, known));
}
