using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;

namespace TlsInterop.Bench.Matrix;

/// <summary>
/// The same servers and clients in the same images, with nothing captured, decoded or judged: what a machine could do
/// at most, and what one does who starts a container for each cell.
/// </summary>
internal sealed class BareCommands : IAsyncDisposable
{
    private const string Shared = "/tlsinterop/shared";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _network = $"tlsinterop-bench-{Environment.ProcessId}";
    private readonly DirectoryInfo _shared = Directory.CreateTempSubdirectory("tlsinterop-bench-");
    private readonly Dictionary<EndpointReference, (string Container, string Address)> _servers = [];
    private readonly Dictionary<EndpointReference, string> _clients = [];
    private IReadOnlyList<ReplayedCell> _cells;
    private TestPki? _pki;

    private BareCommands(IReadOnlyList<ReplayedCell> cells) => _cells = cells;

    /// <summary>Starts the containers and all servers.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="imageOf">The image of an endpoint.</param>
    public static async Task<BareCommands> StartAsync(
        IReadOnlyList<ReplayedCell> cells, Func<EndpointReference, Task<string>> imageOf)
    {
        var bare = new BareCommands(cells);
        bare._pki = await TestPki.CreateAsync(bare._shared.FullName, DateTimeOffset.UtcNow);
        foreach (var certificate in cells.Select(cell => cell.Cell.Certificate).Distinct())
            await bare._pki.EnsureAsync(certificate);
        await DockerAsync("network", "create", bare._network);
        foreach (var server in cells.Select(cell => cell.Cell.Server).Distinct())
        {
            var container = await bare.StartAsync($"server-{bare._servers.Count}", await imageOf(server));
            var address = (await DockerAsync(
                "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container)).Trim();
            bare._servers[server] = (container, address);
            // Configurations that other cells have too are one server, as in a run.
            foreach (var command in cells.Where(cell => cell.Cell.Server == server)
                .Select(cell => cell.ServerAt(address)).Distinct())
                await DockerAsync("exec", "--detach", "--workdir", "/tmp", container, "bash", "-c",
                    $"exec </dev/zero >/dev/null 2>&1; exec {command}");
        }
        foreach (var client in cells.Select(cell => cell.Cell.Client).Distinct())
            bare._clients[client] = await bare.StartAsync($"client-{bare._clients.Count}", await imageOf(client));
        foreach (var (address, port) in cells.Select(cell => (bare._servers[cell.Cell.Server].Address, cell.Port)).Distinct())
            await ListensAsync(address, port);
        // What waits for an answer that only a whole conversation gets would be measured as waiting.
        var good = (await bare.LoopAsync(Environment.ProcessorCount)).Good;
        bare._cells = [.. cells.Where(good.Contains)];
        return bare;
    }

    /// <summary>The cells whose commands end well with nothing around them.</summary>
    public int Count => _cells.Count;

    /// <summary>A loop in each client's container, one container after the other.</summary>
    /// <returns>Cells a minute, and those of them that ended well.</returns>
    public async Task<(double PerMinute, IReadOnlySet<ReplayedCell> Good)> LoopAsync(int workers)
    {
        var (good, time) = (new HashSet<ReplayedCell>(), TimeSpan.Zero);
        foreach (var (client, container) in _clients)
        {
            var list = Path.Combine(_shared.FullName, "commands");
            var own = _cells.Where(cell => cell.Cell.Client == client).ToList();
            await File.WriteAllLinesAsync(list, own.Select((cell, at) => $"{ClientLine(cell)} && echo {at}"));
            var since = Stopwatch.GetTimestamp();
            var output = await DockerAsync(
                "exec", "--workdir", "/tmp", container, "bash", "-c",
                $"xargs -d '\\n' -P {workers} -n 1 bash -c 'eval \"$0\"' <{Shared}/commands; :");
            time += Stopwatch.GetElapsedTime(since);
            good.UnionWith(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => own[int.Parse(line, CultureInfo.InvariantCulture)]));
        }
        return (_cells.Count / time.TotalMinutes, good);
    }

    /// <summary><c>docker exec</c> for each cell.</summary>
    public Task<double> ExecAsync(int workers, int cells) => EachAsync(
        workers, cells, cell => ["exec", "--workdir", "/tmp", _clients[cell.Cell.Client], "bash", "-c", ClientLine(cell)]);

    /// <summary><c>docker run</c> for each cell.</summary>
    public Task<double> RunAsync(int workers, int cells, Func<EndpointReference, Task<string>> imageOf) => EachAsync(
        workers, cells, cell =>
        [
            "run", "--rm", "--network", _network, "--volume", $"{_shared.FullName}:{Shared}:ro", "--workdir", "/tmp",
            imageOf(cell.Cell.Client).Result, "bash", "-c", ClientLine(cell),
        ]);

    public async ValueTask DisposeAsync()
    {
        var containers = _servers.Values.Select(server => server.Container).Concat(_clients.Values).ToArray();
        if (containers.Length > 0) await DockerAsync(["rm", "--force", .. containers]);
        await DockerAsync("network", "rm", _network);
        if (_pki is not null) await _pki.DisposeAsync();
        _shared.Delete(recursive: true);
    }

    private async Task<double> EachAsync(int workers, int cells, Func<ReplayedCell, string[]> arguments)
    {
        var since = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cells).Select(at => _cells[at * _cells.Count / cells]),
            new ParallelOptions { MaxDegreeOfParallelism = workers },
            async (cell, _) => await DockerAsync(arguments(cell)));
        return cells / Stopwatch.GetElapsedTime(since).TotalMinutes;
    }

    private string ClientLine(ReplayedCell cell) => string.Create(
        CultureInfo.InvariantCulture,
        $"echo hello | timeout 1 {cell.ClientTo(_servers[cell.Cell.Server].Address)} >/dev/null 2>&1");

    private async Task<string> StartAsync(string name, string image) => (await DockerAsync(
        "run", "--detach", "--init", "--name", $"{_network}-{name}", "--network", _network,
        "--volume", $"{_shared.FullName}:{Shared}:ro", image, "sleep", "infinity")).Trim();

    private static async Task ListensAsync(string address, int port)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(address, port, deadline.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
            }
        }
    }

    private static async Task<string> DockerAsync(params string[] arguments)
    {
        var result = await Harness.Endpoints.Engine.Command.RunAsync("docker", arguments, Patience);
        return result.Output;
    }
}
