using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Wire;
using YamlDotNet.Serialization;

namespace TlsInterop.Harness.Scenarios;

/// <summary>
/// What the two ends of a cell do and what the wire must show of it: a row of <c>matrices/scenarios.yaml</c>.
/// </summary>
public sealed record Scenario
{
    /// <summary>Name in cell ids and matrices.</summary>
    [YamlIgnore]
    public string Name { get; set; } = "";

    /// <summary>What it does, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The only versions in which it makes sense, as cell ids name them; all if there is none.</summary>
    public Choices Versions { get; init; } = Choices.None;

    /// <summary>
    /// What the server is asked beside what every cell asks: name of a <see cref="ScenarioParameter"/>, and its value.
    /// </summary>
    public Dictionary<string, string> Server { get; init; } = [];

    /// <summary>What the client is asked, likewise.</summary>
    public Dictionary<string, string> Client { get; init; } = [];

    /// <summary>
    /// How often the client connects and holds the conversation: twice where a session is resumed. The last connection
    /// is the one that is judged.
    /// </summary>
    public int Visits { get; init; } = 1;

    /// <summary>What the client says and expects once TLS is up.</summary>
    public required List<ConversationStep> Conversation { get; init; }

    /// <summary>How the last handshake may end: names of <see cref="Outcome"/>; without any it completes.</summary>
    public Choices Outcome { get; init; } = new(Scenarios.Outcome.Complete);

    /// <summary>What the last connection must show: name of a <see cref="WireFact"/>, and what it may be.</summary>
    public Dictionary<string, Choices> Wire { get; init; } = [];

    /// <summary>True if the client has to tell, by its exit status, that not all went well.</summary>
    public bool Complaint { get; init; }

    /// <summary>
    /// Rules of the verification that an end breaks because it was asked to: what they find proves nothing.
    /// </summary>
    public Choices Breaks { get; init; } = Choices.None;

    /// <summary>
    /// The protocol whose STARTTLS comes first (<c>smtp</c>, <c>imap</c>, <c>pop3</c>), or null for TLS from the
    /// first octet.
    /// </summary>
    public string? StartTls => Client.GetValueOrDefault(ScenarioParameter.StartTls);

    /// <summary>The protocol of mail that is spoken under TLS; null for an echo.</summary>
    public string? MailProtocol => StartTls
        ?? ServedDialogue.All.FirstOrDefault(dialogue =>
            Name.StartsWith(dialogue.Name + "s", StringComparison.Ordinal))?.Name;

    /// <summary>How long nobody says anything.</summary>
    public TimeSpan Silence => TimeSpan.FromMilliseconds(Conversation.Sum(step => step.Silence ?? 0) * Visits);

    /// <summary>What an end is asked beside what every cell asks.</summary>
    public IReadOnlyDictionary<string, string> Asks(EndpointRole role) =>
        role == EndpointRole.Server ? Server : Client;

    /// <summary>True if it makes sense in a version, or, without one, in all.</summary>
    public bool IsOf(ProtocolVersion? version) =>
        Versions.IsEmpty || (version is { } asked && Versions.Contains(asked.Id));

    /// <summary>The conversation as a line for <c>containers/base/session.sh</c>.</summary>
    /// <param name="shared">The folder with the payload files, as the endpoint sees it.</param>
    /// <param name="orders">The client's own words for commands.</param>
    public string ToShell(string shared, IReadOnlyDictionary<string, string> orders)
    {
        IEnumerable<string> Commands(ConversationStep step)
        {
            if (step.Command is { } command)
                yield return orders.TryGetValue(command, out var order)
                    ? $"bid {Shell.Quote(Escape(order))}"
                    : "false";
            if (step.Send is { } text) yield return $"say {Shell.Quote(Escape(text))}";
            if (step.Expect is { } pattern) yield return $"hear {Shell.Quote(pattern)}";
            if (step.Echo is { } octets) yield return $"mirror {shared}/payload-{octets} {octets}";
            if (step.Silence is { } time) yield return FormattableString.Invariant($"hush {time / 1000.0:0.000}");
            if (step.Finish) yield return "finish";
            if (step.Closed) yield return "part";
        }
        // say is printf's %b: a line end travels as \r\n in one line of the session.
        static string Escape(string text) => text.Replace(@"\", @"\\").Replace("\r", @"\r").Replace("\n", @"\n");
        return string.Join(" && ", Conversation.SelectMany(Commands).DefaultIfEmpty("true"));
    }
}
