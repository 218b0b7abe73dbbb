using System.Globalization;
using System.Text;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Scenarios;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// An endpoint behind a shell, in a container or on this machine: both roles of <c>endpoint.yaml</c>.
/// </summary>
public sealed class ShellEndpoint : IClient, IServerEndpoint, IAsyncDisposable
{
    // What a program says last is what matters, and a program that floods has no claim on our memory.
    private const int KeptOctets = 64 * 1024;

    // Its start is no part of a handshake, and a Java on a busy machine needs more than that may take.
    private static readonly TimeSpan ListenDeadline = TimeSpan.FromSeconds(30);

    private readonly EndpointShell _shell;
    private readonly string _folder;
    private readonly string _folderInside;
    private readonly string _sharedInside;
    private readonly RequestWords _words;
    private readonly ServerPorts _ports;
    private readonly SlotConfigurations _configurations;
    private int _lastJob;

    /// <summary>An endpoint whose shell is open.</summary>
    /// <param name="definition">Its folder's data.</param>
    /// <param name="reference">Its name in cell ids.</param>
    /// <param name="shell">Its shell.</param>
    /// <param name="folder">Its folder of the run, on this machine.</param>
    /// <param name="folderInside">The same folder as the shell sees it.</param>
    /// <param name="sharedInside">The run's shared folder as the shell sees it.</param>
    /// <param name="ports">The ports of the run's servers.</param>
    public ShellEndpoint(
        EndpointDefinition definition, EndpointReference reference, EndpointShell shell,
        string folder, string folderInside, string sharedInside, ServerPorts ports)
    {
        _ports = ports;
        Definition = definition;
        Reference = reference;
        _shell = shell;
        _folder = folder;
        _folderInside = folderInside;
        _sharedInside = sharedInside;
        _words = new RequestWords(definition);
        _configurations = new SlotConfigurations(folder);
    }

    public EndpointDefinition Definition { get; }
    public EndpointReference Reference { get; }
    public bool IsOfThisMachine => Reference.Version == LocalBinaries.Version;

    /// <summary>Runs one command of the definition and returns what it printed.</summary>
    public async Task<(
        int ExitCode, string Output)> RunAsync(string command, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var job = Job("run");
        var answer = await AskAsync("run", deadline, job, "", [Exports() + command], cancellationToken);
        return (answer.ExitCode, await ReadAsync(job, "output", cancellationToken));
    }

    /// <summary>Starts the daemon, if the server is one, and waits until all its slots listen.</summary>
    /// <exception cref="EndpointException">It did not start.</exception>
    public async Task StartDaemonAsync(CancellationToken cancellationToken)
    {
        if (Definition.Server is not { Daemon: { } daemon } server) return;
        var port = server.Slots.Values.SelectMany(ports => ports).Max();
        // The daemon's folder is the endpoint's own, so that its slots and its key log are where the commands expect
        // them.
        var answer = await AskAsync(
            "serve", ListenDeadline, "", server.Unsupported, [$"{port}", Exports() + ShellTrace.Begin + daemon],
            cancellationToken);
        if (answer.ExitCode == 0) return;
        throw new EndpointException(
            Reference.ToString(),
            $"its daemon did not listen on port {port} within {ListenDeadline.TotalSeconds:0} s (exit code "
                + $"{answer.ExitCode}):\n{Tail(await ReadAsync("", "output", cancellationToken))}",
            $"try the command 'daemon' of {Path.Combine(Definition.Folder, EndpointFile.FileName)} "
                + "by hand in its image");
    }

    /// <inheritdoc cref="EndpointShell.HasEnded"/>
    public bool HasEnded => _shell.HasEnded;

    public void CheckAlive() => _shell.CheckAlive();

    /// <summary>Starts a server process with a configuration of its own.</summary>
    /// <returns>The server, or the exit code for which there is none: 127 if it can't do what is asked.</returns>
    public async Task<(RunningServer? Server, int ExitCode, string Output)> StartServerAsync(
        CellRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var server = Definition.Server!;
        for (var attempt = 0; ; attempt++)
        {
            var port = _ports.Next();
            if (_words.Assignments(request, EndpointRole.Server, _sharedInside, _shell.Address, port) is not { } words)
                return (null, 127, "the stack has no word for it");
            var job = Job("server");
            var answer = await AskAsync(
                "serve", deadline > ListenDeadline ? deadline : ListenDeadline, job, server.Unsupported,
                [$"{port}", words + ShellTrace.Begin + server.Process], cancellationToken);
            if (answer.ExitCode == 0)
            {
                var folder = Path.Combine(_folder, job);
                var process = int.Parse(answer.Rest, CultureInfo.InvariantCulture);
                return (new RunningServer(
                    request, _shell.Address, port, folder, Beside(folder, server.KeyLog), process), 0, "");
            }
            // Somebody else of this machine has the port: the next one is as good.
            if (answer.ExitCode != 98 || attempt == 50)
                return (null, answer.ExitCode, await ReadAsync(job, "output", cancellationToken));
        }
    }

    /// <summary>Ends a server process.</summary>
    public Task StopServerAsync(RunningServer server, CancellationToken cancellationToken) =>
        _shell.RequestAsync("stop", TimeSpan.FromSeconds(5), [$"{server.ProcessId}"], cancellationToken);

    /// <summary>Writes a configuration into a slot of the daemon.</summary>
    /// <returns>The server, or the exit code for which there is none.</returns>
    public async Task<(RunningServer? Server, int ExitCode, string Output)> ConfigureSlotAsync(
        CellRequest request, int port, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var server = Definition.Server!;
        if (_words.Assignments(request, EndpointRole.Server, _sharedInside, _shell.Address, port) is not { } words)
            return (null, 127, "the stack has no word for it");
        var slot = $"slots/{port}";
        var answer = await AskAsync(
            "run", deadline, slot, server.Unsupported, [words + ShellTrace.Begin + server.Configure],
            cancellationToken);
        if (answer.ExitCode != 0) return (null, answer.ExitCode, await ReadAsync(slot, "output", cancellationToken));
        return (new RunningServer(request, _shell.Address, port, _folder, Beside(_folder, server.KeyLog), null)
        {
            Configuration = _configurations.Keep(slot),
        }, 0, "");
    }

    public async Task<ClientOutcome> ConnectAsync(
        CellRequest request, string host, int port, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var client = Definition.Client!;
        if (_words.Assignments(request, EndpointRole.Client, _sharedInside, host, port) is not { } words)
            return new ClientOutcome(127, false, "the stack has no word for it");
        var job = Job("client");
        var visits = client.Revisits ? 1 : request.Scenario.Visits;
        ClientOutcome outcome;
        do
        {
            outcome = await VisitAsync(client, request.Scenario, words, job, deadline, cancellationToken);
        }
        while (--visits > 0 && outcome is { ExitCode: 0, Talked: true });
        return outcome with
        {
            KeyLogFile = Beside(Path.Combine(_folder, job), client.KeyLog),
            Commands = await ReadAsync(job, ShellTrace.FileName, cancellationToken),
        };
    }

    private async Task<ClientOutcome> VisitAsync(
        ClientDefinition client, Scenario scenario, string words, string job, TimeSpan deadline,
        CancellationToken cancellationToken)
    {
        ShellAnswer answer;
        if (client.Talk is { } talk)
        {
            answer = await AskAsync("talk", deadline, job, client.Unsupported,
                [words + ShellTrace.GoOn + talk, scenario.ToShell(_sharedInside, client.Commands)], cancellationToken);
            return new ClientOutcome(answer.ExitCode, answer.Rest == "0",
                await ReadAsync(job, "messages", cancellationToken) + await ReadAsync(job, "log", cancellationToken)
                + await ReadAsync(job, "heard", cancellationToken));
        }
        answer = await AskAsync(
            "run", deadline, job, client.Unsupported, [words + ShellTrace.GoOn + client.Run], cancellationToken);
        return new ClientOutcome(
            answer.ExitCode, answer.ExitCode == 0, await ReadAsync(job, "output", cancellationToken));
    }

    public ValueTask DisposeAsync() => _shell.DisposeAsync();

    private static string? Beside(string folder, string? file) => file is null ? null : Path.Combine(folder, file);

    private static string Tail(string output) =>
        string.Join('\n', output.TrimEnd().Split('\n').TakeLast(8).Select(line => "    " + line));

    private string Exports() =>
        string.Concat(Definition.Environment.Select(entry => $"export {entry.Key}={Shell.Quote(entry.Value)}; "));

    private string Job(string kind) => $"{kind}-{Interlocked.Increment(ref _lastJob)}";

    private Task<ShellAnswer> AskAsync(
        string verb, TimeSpan deadline, string job, string unsupported, IEnumerable<string> arguments,
        CancellationToken cancellationToken)
    {
        if (job.Length > 0) MakeFolder(Path.Combine(_folder, job));
        return _shell.RequestAsync(
            verb,
            deadline,
            [job.Length == 0 ? _folderInside : $"{_folderInside}/{job}", unsupported, .. arguments],
            cancellationToken);
    }

    // Here it costs nothing, and in the shell a process. Whoever the stack runs as writes into it.
    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
    }

    private async Task<string> ReadAsync(string job, string file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, job, file);
        if (!File.Exists(path)) return "";
        await using var stream = EvidenceFile.Open(path);
        if (stream.Length > KeptOctets) stream.Seek(-KeptOctets, SeekOrigin.End);
        // It may still grow: no more is read than was there.
        var octets = new byte[Math.Min(stream.Length, KeptOctets)];
        var length = await stream.ReadAtLeastAsync(octets, octets.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(octets, 0, length);
    }
}
