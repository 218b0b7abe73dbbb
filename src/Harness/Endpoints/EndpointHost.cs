using System.Collections.Concurrent;
using System.Diagnostics;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Scenarios;

namespace TlsInterop.Harness.Endpoints;

/// <summary>Starts the endpoints of one run, each once and when it is first needed, and ends them all.</summary>
public sealed class EndpointHost : IAsyncDisposable
{
    private const string EndpointInside = "/tlsinterop/endpoint";
    private const string SharedInside = "/tlsinterop/shared";
    private const string Resolver = "resolv.conf";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly EndpointCatalogue _catalogue;
    private readonly RunEnvironment _environment;
    private readonly ContainerRun? _containers;
    private readonly LocalBinaries _locals;
    private readonly AnswerCache _answers;
    private readonly CapabilityProbe _probe;
    private readonly string _session;
    private readonly ServerPorts _ports = new();
    private readonly SemaphoreSlim _starting = new(Environment.ProcessorCount);
    private readonly ConcurrentDictionary<(EndpointReference, EndpointRole), Lazy<Task<RunningEndpoint>>> _running =
        new();
    private readonly ConcurrentBag<IAsyncDisposable> _owned = [];
    private readonly CancellationTokenSource _lifetime = new();

    /// <summary>Starts nothing yet.</summary>
    /// <param name="catalogue">The endpoints.</param>
    /// <param name="environment">The run's folders.</param>
    /// <param name="containers">Containers of the run, or null if there is no engine.</param>
    /// <param name="locals">Endpoints that run on this machine itself.</param>
    /// <param name="answers">What they answered before.</param>
    public EndpointHost(
        EndpointCatalogue catalogue, RunEnvironment environment, ContainerRun? containers, LocalBinaries locals,
        AnswerCache answers)
    {
        _catalogue = catalogue;
        _environment = environment;
        _containers = containers;
        _locals = locals;
        _answers = answers;
        _probe = new CapabilityProbe(answers, catalogue.Scenarios);
        _session = File.ReadAllText(environment.SessionFile);
        if (containers is null) return;
        // Nothing outside is to be reached. The engine's own resolver does not say so: it keeps a server that looks up
        // its client's name waiting, 10 seconds a question. Where nobody listens, the answer comes at once.
        File.WriteAllText(Path.Combine(environment.SharedFolder, Resolver), "nameserver 127.0.0.1\n");
    }

    /// <summary>Endpoints that are up.</summary>
    public int Started => _owned.Count;

    /// <summary>The endpoint in a role, started if it was not.</summary>
    /// <remarks>
    /// Server and client of one stack are two containers: inside of one, their traffic would never cross the network
    /// that is captured.
    /// </remarks>
    /// <param name="reference">The endpoint.</param>
    /// <param name="role">Its role.</param>
    /// <param name="cancellationToken">Stops waiting: the start is everybody's, and ends with the host only.</param>
    /// <exception cref="EndpointException">It can't be started; every later call says so again.</exception>
    public Task<RunningEndpoint> GetAsync(
        EndpointReference reference, EndpointRole role, CancellationToken cancellationToken)
    {
        var isContainer = _catalogue.Definitions[reference.Name].Worker is null
            && reference.Version != LocalBinaries.Version;
        var key = (reference, isContainer ? role : EndpointRole.Server);
        var start = _running.GetOrAdd(
            key, _ => new Lazy<Task<RunningEndpoint>>(() => StartAsync(reference, role, _lifetime.Token)));
        return start.Value.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// What an endpoint offers: from the last time if its image has not changed, else it is started and asked.
    /// </summary>
    /// <exception cref="EndpointException">It can't be started, or breaks the contract.</exception>
    public async Task<Capabilities> CapabilitiesAsync(EndpointReference reference, CancellationToken cancellationToken)
    {
        var definition = _catalogue.Definitions[reference.Name];
        if (definition.Worker is null && reference.Version != LocalBinaries.Version)
        {
            var image = await _containers!.Images.EnsureAsync(definition, reference.Version!, cancellationToken);
            if (_answers.Find<Capabilities>(definition, image.Id) is { } known) return known;
        }
        var role = definition.Server is null ? EndpointRole.Client : EndpointRole.Server;
        return (await GetAsync(reference, role, cancellationToken)).Capabilities;
    }

    public async ValueTask DisposeAsync()
    {
        if (_lifetime.IsCancellationRequested) return;
        // What is still starting would else be owned by nobody.
        await _lifetime.CancelAsync();
        foreach (var start in _running.Values.Where(start => start.IsValueCreated))
            await ((Task)start.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_owned.Select(owned => owned.DisposeAsync().AsTask()));
        _starting.Dispose();
        _lifetime.Dispose();
    }

    private async Task<RunningEndpoint> StartAsync(
        EndpointReference reference, EndpointRole role, CancellationToken cancellationToken)
    {
        var definition = _catalogue.Definitions[reference.Name];
        if (definition.Worker is not null) return await StartWorkerAsync(definition, reference, cancellationToken);
        var isLocal = reference.Version == LocalBinaries.Version;
        var image = isLocal
            ? null
            : await _containers!.Images.EnsureAsync(definition, reference.Version!, cancellationToken);
        await _starting.WaitAsync(cancellationToken);
        try
        {
            var name = role == EndpointRole.Client
                && definition.Server is not null ? $"{reference}-client" : reference.ToString();
            var folder = Path.Combine(_environment.EndpointsFolder, name);
            Directory.CreateDirectory(folder);
            // Daemons of a container drop root and write their key logs here; the run folder above is the owner's
            // alone.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
            var endpoint = await OpenAsync(definition, reference, name, image, folder, cancellationToken);
            _owned.Add(endpoint);
            if (role == EndpointRole.Server || image is null) await endpoint.StartDaemonAsync(cancellationToken);
            var capabilities = (image is null ? null : _answers.Find<Capabilities>(definition, image.Id))
                ?? await _probe.AskAsync(
                    endpoint, image?.Id, _containers?.Network.Interface ?? "lo", cancellationToken);
            return new RunningEndpoint(
                definition.Client is null ? null : endpoint,
                definition.Server is null ? null : new ServerPool(endpoint, PrepareAsync),
                capabilities,
                image?.Id);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<RunningEndpoint> StartWorkerAsync(
        EndpointDefinition definition, EndpointReference reference, CancellationToken cancellationToken)
    {
        var identity = WorkerEndpoint.Identity(definition, reference);
        var offered = _answers.Find<Capabilities>(definition, identity);
        if (definition.Server is not null)
        {
            var server = new WorkerServer(definition, reference, _environment, HostAddress());
            _owned.Add(server);
            offered ??= _answers.Keep(definition, identity, await server.ProbeAsync(cancellationToken));
            return new RunningEndpoint(null, new ServerPool(server, PrepareAsync), offered);
        }
        var worker = new WorkerEndpoint(definition, reference, _environment);
        _owned.Add(worker);
        offered ??= _answers.Keep(definition, identity, await _probe.HearAsync(
            worker, definition, await worker.ProbeAsync(cancellationToken), "lo", cancellationToken));
        return new RunningEndpoint(worker, null, offered);
    }

    // Where containers of the run reach this machine.
    private string HostAddress() => DeafListener.AddressOf(_containers?.Network.Interface ?? "lo").ToString();

    // A server is leased before its client connects: the files of both are there then.
    private async Task PrepareAsync(CellRequest request)
    {
        await _environment.EnsureCertificate(request.Certificate);
        if (request.Scenario.Client.GetValueOrDefault(ScenarioParameter.ClientCertificate) is { } client)
            await _environment.EnsureCertificate(client);
    }

    private async Task<ShellEndpoint> OpenAsync(
        EndpointDefinition definition, EndpointReference reference, string name, EndpointImage? image, string folder,
        CancellationToken cancellationToken)
    {
        var process = image is null
            ? StartLocalShell(definition.Name)
            : _containers!.StartShell(definition, name, image, new Dictionary<string, string>
        {
            [EndpointInside] = folder,
            [SharedInside + ":ro"] = _environment.SharedFolder,
            [$"/etc/{Resolver}:ro"] = Path.Combine(_environment.SharedFolder, Resolver),
        });
        var shell =
            await EndpointShell.OpenAsync(reference.ToString(), process, _session, StartDeadline, cancellationToken);
        return image is null
            ? new ShellEndpoint(definition, reference, shell, folder, folder, _environment.SharedFolder, _ports)
            : new ShellEndpoint(definition, reference, shell, folder, EndpointInside, SharedInside, _ports);
    }

    private Process StartLocalShell(string endpoint)
    {
        var start = new ProcessStartInfo("setsid", ["--wait", "bash"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _locals.Environment(endpoint)) start.Environment[name] = value;
        // Local servers listen where only this machine reaches them.
        start.Environment["HOSTNAME"] = "localhost";
        return Process.Start(start) ?? throw new InvalidOperationException("no process for bash");
    }
}
