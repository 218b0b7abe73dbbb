using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>An in-process stack, played by worker processes of the harness itself.</summary>
/// <param name="definition">Its folder's data.</param>
/// <param name="reference">Its name in cell ids; the version of a scripted client is its profile.</param>
/// <param name="environment">The run's folders.</param>
public sealed class WorkerEndpoint(
    EndpointDefinition definition, EndpointReference reference, RunEnvironment environment)
    : IClient, IAsyncDisposable
{
    // .NET can't choose a group for one connection, nor resume a session if it chose a suite for it: each choice has a
    // worker of its own, the others share one.
    private readonly ConcurrentDictionary<string, Lazy<WorkerClient>> _workers = new(StringComparer.Ordinal);

    public EndpointReference Reference => reference;
    public bool IsOfThisMachine => true;

    /// <summary>
    /// What its answers depend on: this build, the runtime and the libraries under it, and the profile that it plays.
    /// </summary>
    public static string Identity(EndpointDefinition definition, EndpointReference reference) => string.Join(
        ' ',
        typeof(WorkerEndpoint).Module.ModuleVersionId,
        RuntimeInformation.FrameworkDescription,
        OperatingSystem.IsLinux() ? SafeEvpPKeyHandle.OpenSslVersion : Environment.OSVersion.VersionString,
        definition.ProfileFile(reference) is { } profile ? File.ReadAllText(profile) : "");

    /// <summary>What a worker answered.</summary>
    /// <param name="answer">Its answer.</param>
    /// <param name="groups">Groups that it can be held to beside those of the answer.</param>
    internal static Capabilities Read(WorkerAnswer answer, IEnumerable<string> groups) => new()
    {
        Version = answer.Version ?? "",
        Suites = (answer.Suites ?? []).GroupBy(suite => suite.Version).ToDictionary(
            version => version.Key,
            version => (HashSet<ushort>)version
                .Select(suite =>
                    ushort.Parse(suite.Code.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .ToHashSet()),
        Groups = (answer.Groups ?? []).Concat(groups).Select(NamedGroups.Find).OfType<NamedGroupInfo>()
            .Select(group => group.Code).ToHashSet(),
    };

    /// <summary>A worker that died.</summary>
    internal static EndpointException Broken(EndpointReference reference, WorkerException dead) => new(
        reference.ToString(), dead.Message,
        "this is a fault of the harness or of the runtime under it; run the cell again by itself");

    /// <summary>Asks workers what their stack offers, and which groups it can be held to.</summary>
    /// <exception cref="EndpointException">A worker died.</exception>
    public async Task<Capabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(WorkerChoice.Any, worker => worker.CapabilitiesAsync(cancellationToken));
        var groups = new List<string>();
        foreach (var group in definition.Groups)
            groups.AddRange(
                (await AskAsync(new([group]), worker => worker.CapabilitiesAsync(cancellationToken))).Groups ?? []);
        return Read(answer, groups);
    }

    public async Task<ClientOutcome> ConnectAsync(
        CellRequest request, string host, int port, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var asks = request.Scenario.Client;
        var choice = Choice(request);
        var asked = new WorkerRequest
        {
            Host = host,
            Port = port,
            ServerName = CertificateProfile.Find(request.Certificate)!.ServerName,
            Ca = Path.Combine(environment.SharedFolder, "root.pem"),
            Version = request.Version?.Id,
            Suite = request.Suite,
            Group = request.Group,
            Conversation = request.Scenario.Conversation,
            StartTls = request.Scenario.StartTls,
            Asks = asks,
            Certificates = environment.SharedFolder,
            Visits = request.Scenario.Visits,
            Quirk = request.Quirk,
            Seed = request.Seed,
            DeadlineMilliseconds = (int)deadline.TotalMilliseconds,
        };
        var answer = await AskAsync(choice, worker => worker.ConnectAsync(asked, cancellationToken));
        var said = answer.Transcript is { Count: > 0 } transcript ? string.Join('\n', transcript) + "\n" : "";
        return new ClientOutcome(answer.Exit, answer.Exit == WorkerExit.Done, $"{answer.Output}\n{said}")
        {
            KeyLogFile = definition.Client?.KeyLog is { } file ? Path.Combine(Folder(choice), file) : null,
            Commands = Encoding.UTF8.GetString(WorkerJson.Write(asked)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Values.Where(worker => worker.IsValueCreated))
            await worker.Value.DisposeAsync();
    }

    private WorkerChoice Choice(CellRequest request)
    {
        var asks = request.Scenario.Client;
        if (definition.Worker != "sslstream") return WorkerChoice.Any;
        if (request.Version is null) return WorkerChoice.Default;
        string[] groups = request.Group is null ? []
            : asks.GetValueOrDefault(ScenarioParameter.FirstGroup) is { } first ? [first, request.Group]
            : [request.Group];
        return new(groups, asks.ContainsKey(ScenarioParameter.Resume) && request.Suite is { } suite
            ? CipherSuites.Find(suite)?.OpenSsl
            : null);
    }

    private string Folder(WorkerChoice choice) =>
        Path.Combine(environment.EndpointsFolder, reference.ToString(), choice.Name);

    private async Task<WorkerAnswer> AskAsync(WorkerChoice choice, Func<WorkerClient, Task<WorkerAnswer>> ask)
    {
        var worker = _workers.GetOrAdd(choice.Name, _ => new Lazy<WorkerClient>(() =>
        {
            var folder = Folder(choice);
            Directory.CreateDirectory(folder);
            var command = WorkerCommand.ForHarness(
                definition.Worker!, folder, choice.Groups, choice.Suite, definition.ProfileFile(reference));
            return WorkerClient.Start(choice.IsDefault ? command.Unconfigured : command);
        }));
        try
        {
            return await ask(worker.Value);
        }
        catch (WorkerException dead)
        {
            throw Broken(reference, dead);
        }
    }
}
