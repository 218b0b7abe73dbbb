using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Leases;

namespace TlsInterop.Harness.Runs;

/// <summary>Runs one cell: leases a server, lets the client connect, takes what the wire showed, and has it judged.</summary>
public sealed class CellExecution(
    EndpointHost host,
    RunCapture capture,
    RunFolder folder,
    IReadOnlyDictionary<string, Scenario> scenarios,
    RunOptions options,
    KnownFailures knownFailures,
    EndpointCatalogue catalogue,
    StageTimes times)
{
    // Both ends are gone when the client is: what is still to come is on its way.
    private static readonly TimeSpan LastFrames = TimeSpan.FromMilliseconds(500);

    private readonly RunSecrets _secrets = new();

    public async Task<CellResult> RunAsync(Cell cell, CancellationToken cancellationToken)
    {
        var request = new CellRequest(scenarios[cell.Scenario], cell.Version, cell.Suite.ToString(), cell.Group, cell.Certificate);
        var server = await host.GetAsync(cell.Server, cancellationToken);
        var client = await host.GetAsync(cell.Client, cancellationToken);
        ServerLease lease;
        using (times.Measure(Stage.Server)) lease = await server.Servers!.LeaseAsync(request, options.Deadline, cancellationToken);
        if (lease.Server is null) return new CellResult { Cell = cell.Id, Verdict = lease.ExitCode == 127 ? Verdict.Unsupported : Verdict.Error, Got = lease.Output };
        using var wire = capture.Lease(lease.Server.Host, lease.Server.Port);
        ClientOutcome outcome;
        using (times.Measure(Stage.Client)) outcome = await client.Client!.ConnectAsync(request, lease.Server.Host, lease.Server.Port, options.Deadline, cancellationToken);
        LeaseFrames frames;
        using (times.Measure(Stage.Capture))
        {
            await Task.WhenAny(wire.Completed, Task.Delay(LastFrames, cancellationToken));
            frames = wire.Close();
        }
        await server.Servers.ReturnAsync(lease.Server, outcome.ExitCode == 0 && frames.IsComplete, cancellationToken);
        _secrets.Refresh(lease.Server.KeyLogFile);
        var place = folder.CellFolder(cell);
        CaptureFile.Write(Path.Combine(place, "capture.pcapng"), frames.Frames, default, cell.Id);
        return new CellResult { Cell = cell.Id, Verdict = outcome.ExitCode == 0 && outcome.Talked ? Verdict.Pass : outcome.ExitCode == 127 ? Verdict.Unsupported : Verdict.Fail, Got = outcome.ExitCode == 0 && outcome.Talked && frames.IsComplete ? null : $"{outcome} {frames.Frames.Count} {frames.IsComplete}" };
    }
}
