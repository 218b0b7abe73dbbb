using TlsInterop.Harness.Matrix;
using System.Globalization;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Endpoints;

/// <summary>A scripted server, played by a worker process of the harness itself.</summary>
/// <param name="definition">Its folder's data.</param>
/// <param name="reference">Its name in cell ids; the version is the profile.</param>
/// <param name="environment">The run's folders.</param>
/// <param name="address">Where containers reach this machine; the loopback if there are none.</param>
public sealed class WorkerServer(
    EndpointDefinition definition, EndpointReference reference, RunEnvironment environment, string address)
    : IServerEndpoint, IAsyncDisposable
{
    private const string Loopback = "127.0.0.1";

    private readonly string _folder = Path.Combine(environment.EndpointsFolder, reference.ToString());
    private readonly Lazy<WorkerClient> _worker = new(() =>
        WorkerClient.Start(WorkerCommand.ForHarness(
            definition.Worker!, environment.EndpointsFolder, profile: definition.ProfileFile(reference))));
    private int _lastJob;

    public EndpointDefinition Definition => definition;

    /// <summary>Asks what it offers.</summary>
    /// <exception cref="EndpointException">The worker died.</exception>
    public async Task<Capabilities> ProbeAsync(CancellationToken cancellationToken) =>
        WorkerEndpoint.Read(await AskAsync(worker => worker.CapabilitiesAsync(cancellationToken)), []);

    public async Task<(RunningServer? Server, int ExitCode, string Output)> StartServerAsync(
        CellRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var job = Interlocked.Increment(ref _lastJob).ToString(CultureInfo.InvariantCulture);
        var folder = Path.Combine(_folder, $"server-{job}");
        Directory.CreateDirectory(folder);
        var answer = await AskAsync(worker => worker.ServeAsync(
            new WorkerRequest
            {
                Host = address,
                Version = request.Version?.Id,
                Suite = request.Suite,
                Group = request.Group,
                Certificate = request.Certificate,
                Certificates = environment.SharedFolder,
                StartTls = request.Scenario.StartTls,
                Dialogue = request.Scenario.MailProtocol,
                Asks = request.Scenario.Server,
                Quirk = request.Quirk,
                Seed = request.SeedOfServer,
                Folder = folder,
            },
            cancellationToken));
        return answer is { Exit: WorkerExit.Done, Port: { } port }
            ? (new RunningServer(
                request, address, port, folder, Path.Combine(folder, ServeService.KeyLogFile), port)
                {
                    HostHere = Loopback,
                }, 0, "")
            : (null, answer.Exit, answer.Output);
    }

    public async Task StopServerAsync(RunningServer server, CancellationToken cancellationToken) =>
        await AskAsync(worker => worker.StopAsync(server.Port, cancellationToken));

    public Task<(RunningServer? Server, int ExitCode, string Output)> ConfigureSlotAsync(
        CellRequest request, int port, TimeSpan deadline, CancellationToken cancellationToken) =>
        throw new NotSupportedException("a worker is no daemon");

    public async ValueTask DisposeAsync()
    {
        if (_worker.IsValueCreated) await _worker.Value.DisposeAsync();
    }

    private async Task<WorkerAnswer> AskAsync(Func<WorkerClient, Task<WorkerAnswer>> ask)
    {
        try
        {
            return await ask(_worker.Value);
        }
        catch (WorkerException dead)
        {
            throw WorkerEndpoint.Broken(reference, dead);
        }
    }
}
