using TlsInterop.Harness.Workers;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TlsInterop.Harness.Endpoints;

/// <summary>What the two ends of a cell do: a row of <c>matrices/scenarios.yaml</c>.</summary>
public sealed record Scenario
{
    /// <summary>Name in cell ids and matrices.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it does, for people.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// The protocol whose STARTTLS comes first (<c>smtp</c>, <c>imap</c>), or null for TLS from the first octet.
    /// </summary>
    public string? StartTls { get; init; }

    /// <summary>What the client says and expects once TLS is up.</summary>
    public required List<ConversationStep> Conversation { get; init; }

    /// <summary>The conversation as a line for <c>containers/base/session.sh</c>.</summary>
    /// <param name="shared">The folder with the payload files, as the endpoint sees it.</param>
    public string ToShell(string shared)
    {
        static IEnumerable<string> Commands(ConversationStep step, string shared)
        {
            if (step.Send is { } text) yield return $"say {Shell.Quote(Escape(text))}";
            if (step.Expect is { } pattern) yield return $"hear {Shell.Quote(pattern)}";
            if (step.Echo is { } octets) yield return $"mirror {shared}/payload-{octets} {octets}";
            if (step.Closed) yield return "part";
        }
        // say is printf's %b: a line end travels as \r\n in one line of the session.
        static string Escape(string text) => text.Replace(@"\", @"\\").Replace("\r", @"\r").Replace("\n", @"\n");
        return string.Join(" && ", Conversation.SelectMany(step => Commands(step, shared)).DefaultIfEmpty("true"));
    }

    /// <summary>Reads <c>scenarios.yaml</c>.</summary>
    /// <exception cref="EndpointException">The file is missing or wrong.</exception>
    public static IReadOnlyDictionary<string, Scenario> ReadAll(string file)
    {
        try
        {
            var scenarios = new DeserializerBuilder()
                .WithNamingConvention(HyphenatedNamingConvention.Instance)
                .WithEnforceRequiredMembers()
                .WithDuplicateKeyChecking()
                .Build()
                .Deserialize<Dictionary<string, Scenario>?>(File.ReadAllText(file))
                ?? throw new EndpointException(file, "the file is empty", "it holds at least one scenario");
            foreach (var (name, scenario) in scenarios)
            {
                scenario.Name = name;
                if (scenario.Conversation.Select(step => step.Fault)
                    .FirstOrDefault(fault => fault is not null) is { } fault)
                    throw new EndpointException(file, $"scenario '{name}': {fault}", "mend the step");
            }
            return scenarios;
        }
        catch (YamlException wrong)
        {
            throw new EndpointException(
                $"{file}:{wrong.Start.Line}:{wrong.Start.Column}", wrong.InnerException?.Message
                    ?? wrong.Message, "mend the line");
        }
        catch (IOException unreadable)
        {
            throw new EndpointException(file, unreadable.Message, "the folder matrices/ of the repository has it");
        }
    }
}
