using TlsInterop.Harness.Matrix;
using YamlDotNet.Serialization;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// What an endpoint's folder says of its stack: <c>containers/&lt;name&gt;/endpoint.yaml</c>, format in
/// <c>containers/CONTRACT.md</c>.
/// </summary>
public sealed record EndpointDefinition
{
    /// <summary>Name of the folder; the endpoint's name in cell ids.</summary>
    [YamlIgnore]
    public string Name { get; set; } = "";

    /// <summary>Full path of the folder.</summary>
    [YamlIgnore]
    public string Folder { get; set; } = "";

    /// <summary>
    /// Profiles of a scripted endpoint, each a version of it, and their files: those in its folder <c>profiles</c>, and
    /// those of bug reports.
    /// </summary>
    [YamlIgnore]
    public IReadOnlyDictionary<string, string> Profiles { get; set; } = new Dictionary<string, string>();

    /// <summary>What the endpoint is, for people.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// Debian suites that an image is made of, each a version of the endpoint; none for an in-process endpoint.
    /// </summary>
    public List<string> Suites { get; init; } = [];

    /// <summary>
    /// Versions that are more than a suite: name, then build arguments of the image, of which <see
    /// cref="SuiteArgument"/>
    /// is the suite that it stands on.
    /// </summary>
    public Dictionary<string, Dictionary<string, string>> Versions { get; init; } = [];

    /// <summary>
    /// Command that brings into a copy of the folder what the Dockerfile can't get by itself; runs on this machine.
    /// </summary>
    public string? Fetch { get; init; }

    /// <summary>
    /// The kind of worker process that plays an in-process endpoint, or null for a stack with a shell.
    /// </summary>
    public string? Worker { get; init; }

    /// <summary>
    /// Programs that must be on a machine for the endpoint to run there without a container; none: it needs one.
    /// </summary>
    public List<string> Programs { get; init; } = [];

    /// <summary>Groups that workers are tried with, if their stack chooses groups for a whole process only.</summary>
    public List<string> Groups { get; init; } = [];

    /// <summary>Naming scheme for suites and groups: a row of <see cref="NamingScheme"/>.</summary>
    public string Names { get; init; } = "iana";

    /// <summary>Command that prints the stack's version.</summary>
    public string Version { get; init; } = "true";

    /// <summary>
    /// Capabilities of the kernel (capabilities(7), without <c>CAP_</c>) that its programs can't do without; a container
    /// has no others.
    /// </summary>
    public List<string> Privileges { get; init; } = [];

    /// <summary>
    /// Folders of its image that its programs write into, beside <c>/tmp</c> and <c>/run</c>; all else is read-only.
    /// </summary>
    public List<string> Writes { get; init; } = [];

    /// <summary>Environment of everything that is started in the endpoint.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>
    /// How this stack words a request: variable, then value asked for (<c>*</c>: any other, <c>none</c>: nothing
    /// asked), then text.
    /// </summary>
    public Dictionary<string, Dictionary<string, string>> Words { get; init; } = [];

    /// <summary>
    /// Command that prints what the stack can do: lines <c>suite &lt;version&gt; &lt;name&gt;</c> and <c>group
    /// &lt;name&gt;</c>.
    /// </summary>
    public string? Capabilities { get; init; }

    /// <summary>
    /// Version that the snapshots of a stack of this machine were accepted with, as a regular expression; null for a
    /// stack whose version the container image fixes. Elsewhere its snapshots are not compared.
    /// </summary>
    public string? SnapshotsOf { get; init; }

    /// <summary>The role of the server, or null.</summary>
    public ServerDefinition? Server { get; init; }

    /// <summary>The role of the client, or null.</summary>
    public ClientDefinition? Client { get; init; }

    /// <summary>True if it can be left to its own defaults: it has a word for a version that nobody asks for.</summary>
    public bool HasDefaults => Words.GetValueOrDefault("version")?.ContainsKey("none") ?? false;

    /// <summary>Name of the build argument that says which Debian suite an image stands on.</summary>
    public const string SuiteArgument = "SUITE";

    /// <summary>All versions, in the order to show them; none for an in-process endpoint.</summary>
    public IReadOnlyList<string> VersionNames() => [.. Suites, .. Versions.Keys, .. Profiles.Keys];

    /// <summary>The file of the profile that a reference names; null for an endpoint that has none.</summary>
    public string? ProfileFile(EndpointReference reference) =>
        reference.Version is { } version ? Profiles.GetValueOrDefault(version) : null;

    /// <summary>What the image of a version is built with.</summary>
    public IReadOnlyDictionary<string, string> BuildArguments(string version) =>
        Versions.TryGetValue(version, out var arguments)
            ? arguments
            : new Dictionary<string, string> { [SuiteArgument] = version };
}

/// <summary>How a stack is a server.</summary>
public sealed record ServerDefinition
{
    /// <summary>Scenarios that it serves.</summary>
    public required List<string> Scenarios { get; init; }

    /// <summary>Command of a server that is started anew, on a port of its own, for each configuration.</summary>
    public string? Process { get; init; }

    /// <summary>
    /// Command of a daemon that is started once and reads a slot's configuration for each connection.
    /// </summary>
    public string? Daemon { get; init; }

    /// <summary>Ports of the daemon by scenario; each is a slot with a folder <c>slots/&lt;port&gt;</c>.</summary>
    public Dictionary<string, List<int>> Slots { get; init; } = [];

    /// <summary>Command that writes a configuration into the slot's folder, in which it runs.</summary>
    public string? Configure { get; init; }

    /// <summary>
    /// Key log file, relative to the server's folder (process) or the endpoint's (daemon); null if it writes none, and
    /// its clients must.
    /// </summary>
    public string? KeyLog { get; init; }

    /// <summary>
    /// True if it listens on all addresses, whatever it is told: it serves in a container, where the run's network
    /// alone reaches it, and not on this machine itself.
    /// </summary>
    public bool Everywhere { get; init; }

    /// <summary>What the stack prints, as a regular expression, if it can't do what was asked: exit code 127.</summary>
    public string Unsupported { get; init; } = "";
}

/// <summary>How a stack is a client.</summary>
public sealed record ClientDefinition
{
    /// <summary>Scenarios that it can play.</summary>
    public required List<string> Scenarios { get; init; }

    /// <summary>Command that passes standard input to the peer and the peer's words to standard output.</summary>
    public string? Talk { get; init; }

    /// <summary>
    /// True if one command makes all the visits of a scenario by itself; else it runs once for each, in the same
    /// folder.
    /// </summary>
    public bool Revisits { get; init; }

    /// <summary>What its standard input gets, while it talks, for what a step of a conversation commands.</summary>
    public Dictionary<string, string> Commands { get; init; } = [];

    /// <summary>Command that does a scenario by itself.</summary>
    public string? Run { get; init; }

    /// <summary>
    /// Key log file, relative to the client's folder, for servers that write none; null if it can't be one's client.
    /// </summary>
    public string? KeyLog { get; init; }

    /// <summary>What the stack prints, as a regular expression, if it can't do what was asked: exit code 127.</summary>
    public string Unsupported { get; init; } = "";
}
