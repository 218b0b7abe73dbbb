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

    // An engine that is restarted ends its containers first, ten seconds each that does not end when it is asked to.
    private static readonly TimeSpan EngineDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EnginePause = TimeSpan.FromMilliseconds(500);

    // What ends again and again is not started for each of its cells.
    private const int MostStarts = 4;

    private readonly EndpointCatalogue _catalogue;
    private readonly RunEnvironment _environment;
    private readonly ContainerRun? _containers;
    private readonly LocalBinaries _locals;
    private readonly AnswerCache _answers;
    private readonly CapabilityProbe _probe;
    private readonly string _session;
    private readonly ServerPorts _ports = new();
    private readonly SemaphoreSlim _starting = new(Environment.ProcessorCount);
    private readonly ConcurrentDictionary<(EndpointReference, EndpointRole), Start> _running = new();
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

    /// <summary>How many times an endpoint was started.</summary>
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
        var start = _running.GetOrAdd(
            KeyOf(reference, role),
            _ => new Start(1, new(() => StartAsync(reference, role, 1, _lifetime.Token))));
        return start.Endpoint.Value.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Has an endpoint started anew if it has ended, for who asks from now on: its container was killed, or the engine
    /// restarted. Whoever met its end has told it.
    /// </summary>
    /// <returns>True if this call did it; not if it lives, was renewed by another, or has had all its starts.</returns>
    public bool Renew(EndpointReference reference, EndpointRole role)
    {
        var key = KeyOf(reference, role);
        if (!_running.TryGetValue(key, out var start) || !start.HasEnded || start.Number == MostStarts)
            return false;
        var next = start.Number + 1;
        return _running.TryUpdate(
            key, new Start(next, new(() => StartAnewAsync(reference, role, next, _lifetime.Token))), start);
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
        foreach (var start in _running.Values.Where(start => start.Endpoint.IsValueCreated))
            await ((Task)start.Endpoint.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_owned.Select(owned => owned.DisposeAsync().AsTask()));
        _starting.Dispose();
        _lifetime.Dispose();
    }

    private (EndpointReference, EndpointRole) KeyOf(EndpointReference reference, EndpointRole role)
    {
        var isContainer = _catalogue.Definitions[reference.Name].Worker is null
            && reference.Version != LocalBinaries.Version;
        return (reference, isContainer ? role : EndpointRole.Server);
    }

    private async Task<RunningEndpoint> StartAnewAsync(
        EndpointReference reference, EndpointRole role, int start, CancellationToken cancellationToken)
    {
        if (reference.Version != LocalBinaries.Version)
        {
            // An engine that is on its way back knows no image.
            var definition = _catalogue.Definitions[reference.Name];
            var since = Stopwatch.StartNew();
            while (await _containers!.Images.FindAsync(definition, reference.Version!, cancellationToken) is null
                && since.Elapsed < EngineDeadline)
                await Task.Delay(EnginePause, cancellationToken);
        }
        return await StartAsync(reference, role, start, cancellationToken);
    }

    private async Task<RunningEndpoint> StartAsync(
        EndpointReference reference, EndpointRole role, int start, CancellationToken cancellationToken)
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
            // The engine may not be done with the one before, and its evidence stays.
            if (start > 1) name += $"-{start}";
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
                image?.Id) { Shell = endpoint };
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

    // A start of an endpoint in its run, from 1. One that failed has ended if its shell did meanwhile, or if it was to
    // be better than one before; who can't be started at all is not tried again.
    private sealed record Start(int Number, Lazy<Task<RunningEndpoint>> Endpoint)
    {
        public bool HasEnded => Endpoint is { IsValueCreated: true, Value: { IsCompleted: true } task }
            && (task.IsCompletedSuccessfully
                ? task.Result.Shell is { HasEnded: true }
                : task.IsFaulted
                    && (Number > 1 || task.Exception.InnerException is EndpointException { HasEnded: true }));
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
