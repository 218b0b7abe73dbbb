using TlsInterop.Harness.Cases;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// All that is up while cells run: engine, network, endpoints, capture, certificates, journal. Owns them, and removes
/// them.
/// </summary>
public sealed class RunSession : IRunSession, ICellSession
{
    // Far more than what else a cell takes.
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(1);

    private readonly RunOptions _options;
    private readonly IContainerEngine? _engine;
    private readonly string _noEngine;
    private readonly Dictionary<string, string> _locals;
    private readonly Action<string> _say;
    private readonly CellRetrial _retrial;

    private EndpointImages? _images;
    private ContainerRun? _containers;
    private RunCapture? _capture;
    private EndpointHost? _host;
    private AnswerCache? _answers;
    private ServerPolicies? _policies;
    private CellExecution? _execution;
    private Journal? _journal;
    private Task<TestPki>? _certificates;

    private RunSession(RunOptions options, IContainerEngine? engine, string noEngine, Action<string> say)
    {
        _options = options;
        _engine = engine;
        _noEngine = noEngine;
        _say = say;
        _retrial = new CellRetrial(options.Attempts, result => Execution.HandshakeOf(result));
        Catalogue = options.Repository.Catalogue();
        Cases = ReportedCases.Load(options.Repository.Cases);
        KnownFailures = KnownFailures.Load(options.Repository.KnownFailures).Beside(Cases.Failures);
        _locals = new Dictionary<string, string>(options.Locals, StringComparer.Ordinal);
        if (engine is null)
        {
            foreach (var definition in Catalogue.Definitions.Values.Where(LocalBinaries.IsInstalled))
                _locals.TryAdd(definition.Name, "");
        }
        Folder = options.Resumed is { } resumed ? RunFolder.Open(resumed)
            : RunFolder.Create(options.RunsFolder ?? options.Repository.Runs, DateTimeOffset.UtcNow);
    }

    public EndpointCatalogue Catalogue { get; }

    /// <summary>What bug reports have become.</summary>
    public ReportedCases Cases { get; }
    public bool HasLocals => _locals.Count > 0;
    public KnownFailures KnownFailures { get; }
    public RunFolder Folder { get; }
    public StageTimes Times { get; } = new();

    /// <summary>The engine, or why there is none.</summary>
    public string Engine => _engine?.Description ?? $"none ({_noEngine})";

    /// <summary>Frames that the captures lost.</summary>
    public long Dropped => _capture?.Dropped ?? 0;

    /// <summary>Images built and reused.</summary>
    public (int Built, int Reused) Images => _images?.Counts ?? default;

    /// <summary>Opens a session.</summary>
    /// <param name="options">How.</param>
    /// <param name="say">Receives a line for each step that takes time.</param>
    /// <param name="cancellationToken">Stops it; what was made by then is removed.</param>
    /// <exception cref="EndpointException">The engine, or an endpoint's definition, is no good.</exception>
    /// <exception cref="MatrixException">A file of <c>matrices/</c> is wrong.</exception>
    public static Task<RunSession> OpenAsync(
        RunOptions options, Action<string> say, CancellationToken cancellationToken) =>
        OpenAsync(options, say, _ => { }, cancellationToken);

    /// <summary>The same, for who may have to leave before it is open.</summary>
    /// <param name="options">How.</param>
    /// <param name="say">As there.</param>
    /// <param name="begun">
    /// Gets the session as soon as there is something that it would leave behind; to be abandoned, and for nothing
    /// else.
    /// </param>
    /// <param name="cancellationToken">As there.</param>
    public static async Task<RunSession> OpenAsync(
        RunOptions options, Action<string> say, Action<RunSession> begun, CancellationToken cancellationToken)
    {
        var (engine, reason) = options.Engine == EngineChoice.None
            ? (null, "--engine none")
            : await ContainerEngine.FindAsync(cancellationToken);
        if (engine is null && options.Engine == EngineChoice.Docker)
            throw new EndpointException(
                "docker", reason, "start a container engine, or run with --engine none: local stacks only");
        var session = new RunSession(options, engine, reason, say);
        begun(session);
        try
        {
            await session.StartAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a matrix, asks its endpoints what they can do, and says which cells shall run.</summary>
    /// <exception cref="MatrixException">The file is wrong.</exception>
    public async Task<MatrixPlan> PlanAsync(
        string matrixFile, IReadOnlyCollection<Glob> filters, CancellationToken cancellationToken)
    {
        var plan = await ProbedPlan.OfAsync(
            () => Declared(matrixFile, filters), endpoints => LearnAsync(endpoints, cancellationToken),
            Catalogue.Lacks);
        _execution = ExecutionWith(plan.ComparesSnapshots ? Snapshots(plan) : null);
        return plan;
    }

    /// <summary>Takes a plan that was made before, and asks the endpoints of its cells.</summary>
    public async Task<MatrixPlan> TakeAsync(MatrixPlan planned, CancellationToken cancellationToken)
    {
        await LearnAsync(
            [.. planned.Cells.SelectMany(cell => new[] { cell.Server, cell.Client }).Distinct()], cancellationToken);
        var plan = Cases.Named(planned.Without(Catalogue.Lacks));
        _execution = ExecutionWith(plan.ComparesSnapshots ? Snapshots(plan) : null);
        return plan;
    }

    /// <summary>The endpoints of some cells: what they are, and what they were made of.</summary>
    public async Task<IReadOnlyList<JournalEndpoint>> EndpointsOfAsync(
        IEnumerable<Cell> cells, CancellationToken cancellationToken)
    {
        var endpoints = cells.SelectMany(cell => new[] { cell.Server, cell.Client }).Distinct().Order();
        return await Task.WhenAll(endpoints.Select(async endpoint => new JournalEndpoint(
            endpoint.ToString(), Catalogue.Known(endpoint)?.Version,
            await DigestOfAsync(endpoint, cancellationToken))));
    }

    private async Task<string?> DigestOfAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        var definition = Catalogue.Definitions[endpoint.Name];
        return await IdentityOfAsync(definition, endpoint, cancellationToken) is { } identity
            ? ContentDigest.Of(definition.Folder, identity)
            : null;
    }

    // A stack of this machine is what it is today.
    private async Task<string?> IdentityOfAsync(
        EndpointDefinition definition, EndpointReference endpoint, CancellationToken cancellationToken) =>
        endpoint.Version == LocalBinaries.Version ? null
        : definition.Worker is not null ? WorkerEndpoint.Identity(definition, endpoint)
        : _images is null ? null
        : (await _images.FindAsync(definition, endpoint.Version!, cancellationToken))?.Id;

    /// <summary>Writes into the journal what will be run.</summary>
    public void Begin(JournalHeader header) => _journal!.Begin(header);

    /// <summary>Writes into the journal how it ended.</summary>
    public void Finish(JournalEnd end) => _journal!.Finish(end);

    private CellExecution ExecutionWith(ISnapshotVerifier? snapshots) => new(
        _host!, _capture!, Folder, _policies!, Catalogue, _options, snapshots, KnownFailures, Cases, IsComparable,
        Times);

    /// <summary>Asks endpoints what they offer, for cells that no matrix has planned. They start if need be.</summary>
    public async Task LearnAsync(
        IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken)
    {
        using var measured = Times.Measure(Stage.StartUp);
        await Task.WhenAll(endpoints.Where(endpoint => Catalogue.Known(endpoint) is null)
            .Select(endpoint => LearnAsync(endpoint, cancellationToken)));
    }

    /// <summary>
    /// True if an endpoint can be started without an image being built. What it said before is learnt.
    /// </summary>
    public async Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        var definition = Catalogue.Definitions[endpoint.Name];
        if (endpoint.Version == LocalBinaries.Version) return _locals.ContainsKey(endpoint.Name);
        var identity = await IdentityOfAsync(definition, endpoint, cancellationToken);
        if (identity is null) return false;
        if (_answers!.Find<Capabilities>(definition, identity) is { } known) Catalogue.Learn(endpoint, known);
        return true;
    }

    private MatrixPlan Declared(string matrixFile, IReadOnlyCollection<Glob> filters)
    {
        var plan = LocalPlan.Of(
            _options.Repository.Plan(matrixFile, Catalogue), _locals.Keys, _engine is null
                ? _noEngine
                : null, Catalogue);
        return filters.Count > 0 ? plan.Filter(filters) : plan;
    }

    /// <summary>
    /// Starts the endpoints of some cells, in the order of the cells, so that the first cell need not wait for the last
    /// endpoint.
    /// </summary>
    public void WarmUp(IEnumerable<Cell> cells, CancellationToken cancellationToken)
    {
        var roles =
            cells.SelectMany(cell => new[] { (cell.Server, EndpointRole.Server), (cell.Client, EndpointRole.Client) })
            .Distinct();
        foreach (var (endpoint, role) in roles)
            _ = _host!.GetAsync(endpoint, role, cancellationToken)
                .ContinueWith(started => started.Exception, TaskScheduler.Default);
    }

    public bool Waits(Cell cell) => Catalogue.Scenarios[cell.Scenario].Silence >= Waiting;

    /// <summary>Runs one cell and writes its result into the journal. Many may run at a time.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken)
    {
        var result = await _retrial.RunAsync(cell, Execution.RunAsync, cancellationToken);
        _journal!.Append(result);
        return result;
    }

    /// <summary>
    /// Runs and judges single cells. Without a matrix that was planned their handshakes are compared with nothing.
    /// </summary>
    public CellExecution Execution => _execution ??= ExecutionWith(snapshots: null);

    /// <summary>A server, started if it was not, for a client that comes from elsewhere.</summary>
    /// <exception cref="EndpointException">It can't be started.</exception>
    public Task<RunningEndpoint> ServerAsync(EndpointReference server, CancellationToken cancellationToken) =>
        _host!.GetAsync(server, EndpointRole.Server, cancellationToken);

    /// <summary>Writes a result that was judged elsewhere into the journal.</summary>
    public void Keep(CellResult result) => _journal!.Append(result);

    /// <inheritdoc/>
    public void Abandon()
    {
        try
        {
            // It may be making the network just now, of which nobody here knows yet.
            if (_engine is not null) ContainerRun.Abandon(_engine, Folder.Id);
        }
        finally
        {
            Folder.RemoveKeys();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Keys that are still being made would stay.
        if (_certificates is not null)
            await ((Task)_certificates).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // From the last to the first, each of them whatever becomes of the others.
            using var journal = _journal;
            using var images = _images;
            await using var containers = _containers;
            await using var capture = _capture;
            await using var host = _host;
            await using var certificates = _certificates is { IsCompletedSuccessfully: true } made ? made.Result : null;
        }
        finally
        {
            using (Folder) Folder.RemoveKeys();
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var measured = Times.Measure(Stage.StartUp);
        _certificates = Task.Run(
            () => TestPki.CreateAsync(Folder.Shared, DateTimeOffset.UtcNow), CancellationToken.None);
        Payloads.Write(Folder.Shared, Catalogue.Scenarios.Values);
        if (_engine is not null)
        {
            ContainerRun.CheckFolder(Folder.Path);
            _images = new EndpointImages(_engine, _options.Repository.Containers, _say);
            _containers = await ContainerRun.OpenAsync(_engine, _images, Folder.Id, cancellationToken);
        }
        _capture = await RunCapture.OpenAsync(
            _containers?.Network.Interface, () =>
                _containers!.StartCaptureAsync(cancellationToken), loopback: _locals.Count > 0);
        var certificates = await _certificates;
        var environment = new RunEnvironment(Folder.Shared, Folder.Endpoints, _options.Repository.Session)
        {
            EnsureCertificate = certificates.EnsureAsync,
        };
        _answers = new AnswerCache(
            _options.CapabilitiesFolder ?? _options.Repository.Capabilities, _options.Repository.Session);
        _host = new EndpointHost(Catalogue, environment, _containers, new LocalBinaries(_locals), _answers);
        _policies = new ServerPolicies(Catalogue.Definitions, _answers, _say);
        _journal = new Journal(Folder.Journal);
    }

    // The accepted snapshots of a plan.
    private CellSnapshots Snapshots(MatrixPlan plan) =>
        new(SnapshotVerifier.Of(_options.Repository.SnapshotsOf(plan, _options.SnapshotsFolder)), plan.SnapshotName);

    // A stack of this machine is of another version elsewhere, and says other things.
    private bool IsComparable(Cell cell) => new[] { cell.Server, cell.Client }.All(endpoint =>
        endpoint.Version != LocalBinaries.Version
        && (Catalogue.Definitions[endpoint.Name].SnapshotsOf is not { } pattern
            || (Catalogue.Known(endpoint) is { } known
                && Regex.IsMatch(known.Version, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))));

    private async Task LearnAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        var isContainer = Catalogue.Definitions[endpoint.Name].Worker is null
            && endpoint.Version != LocalBinaries.Version;
        if (isContainer && _engine is null)
            throw new EndpointException(
                endpoint.ToString(), $"it needs a container, and there is no engine ({_noEngine})",
                "start a container engine");
        try
        {
            Catalogue.Learn(endpoint, await _host!.CapabilitiesAsync(endpoint, cancellationToken));
        }
        catch (EndpointException broken)
        {
            // Its cells run into the same, and each says so: nothing becomes "not offered" because it broke.
            _say(broken.Message);
        }
    }
}
