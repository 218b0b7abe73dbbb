using System.Net.Sockets;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Targets;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// Runs a cell by waiting for the device: its next connection to the port gets the cell's server, and what the two say
/// is decoded, verified, judged and explained.
/// </summary>
/// <param name="session">Starts the servers. Not owned.</param>
/// <param name="port">Where the device connects. Not owned.</param>
/// <param name="deadline">Most time for one connection.</param>
/// <param name="patience">Most time without a connection.</param>
/// <param name="onLost">Called when the device has not come for so long; ends the search.</param>
/// <param name="say">Receives a line for what is worth one.</param>
internal sealed class DeviceSession(
    RunSession session, DevicePort port, TimeSpan deadline, TimeSpan patience, Action onLost, Action<string> say)
    : IDeviceSession
{
    private readonly RunSecrets _secrets = new();
    private readonly CellEvidence _evidence = new(session.Folder);

    public EndpointCatalogue Catalogue => session.Catalogue;

    public RunFolder Folder => session.Folder;

    public DeviceOffer? Offer { get; private set; }

    public Task<bool> IsAtHandAsync(EndpointReference endpoint, CancellationToken cancellationToken) =>
        session.IsAtHandAsync(endpoint, cancellationToken);

    public Task LearnAsync(IReadOnlyCollection<EndpointReference> endpoints, CancellationToken cancellationToken) =>
        session.LearnAsync(endpoints, cancellationToken);

    /// <summary>Waits for the device, and tells what it made of the cell.</summary>
    /// <exception cref="OperationCanceledException">It was stopped, or the device did not come.</exception>
    /// <exception cref="EndpointException">The server can't be started.</exception>
    public async Task<CellResult> ExecuteAsync(Cell cell, CancellationToken cancellationToken)
    {
        var started = DateTimeOffset.UtcNow;
        var endpoint = await session.ServerAsync(cell.Server, cancellationToken);
        var request = session.Execution.Request(cell).OfServer();
        var lease = await endpoint.Servers!.LeaseAsync(request, deadline, cancellationToken);
        var seen = new CellObservation { Cell = cell, Request = request, Server = lease };
        if (lease.Server is not { } running) return Judge(seen, started);
        try
        {
            while (true)
            {
                var tap = await NextAsync(running, cancellationToken);
                if (running.KeyLogFile is { } keyLog) _secrets.Refresh(keyLog);
                var frames = new LeaseFrames(TapFrames.Of(tap), 1, IsComplete: true, IsCut: false, DroppedDuring: 0);
                seen = CellExecution.Decode(seen with { Frames = frames }, _secrets.KeyLog);
                if (DeviceJudge.HelloOf(seen.Connection) is { } hello)
                {
                    var offer = DeviceOffer.Of(hello);
                    Offer = Offer?.With(offer) ?? offer;
                    return Judge(seen, started);
                }
                // Monitors and scanners look whether a port is open; a device that speaks otherwise is to be told of.
                say($"{tap.Local} connected and said no ClientHello "
                    + $"({tap.Pieces.Where(piece => piece.Event == TapEvent.Sent).Sum(piece => piece.Octets.Length)} "
                    + "octets): not counted. Is --transport what it speaks?");
            }
        }
        finally
        {
            // A device may come back to it at any time: nobody else gets the same.
            await endpoint.Servers.ReturnAsync(running, clean: false, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<WireTap> NextAsync(RunningServer running, CancellationToken cancellationToken)
    {
        using var device = await AcceptAsync(cancellationToken);
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        device.NoDelay = server.NoDelay = true;
        try
        {
            await server.ConnectAsync(running.HostHere ?? running.Host, running.Port, cancellationToken);
        }
        catch (SocketException refused)
        {
            throw new EndpointException(
                running.Request.Scenario.Name, $"its server does not answer: {refused.Message}",
                $"see {running.OutputFile}");
        }
        return await new Relay(device, server).RunAsync(deadline, cancellationToken);
    }

    private async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(patience);
        try
        {
            return await port.NextAsync(waiting.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            onLost();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private CellResult Judge(CellObservation seen, DateTimeOffset started)
    {
        if (seen.Connection is { } connection)
            seen = seen with { Findings = ConnectionVerifier.Verify(connection, seen.KeyLog) };
        var judgement = DeviceJudge.Judge(seen);
        var diagnosis = DeviceSearch.IsFailure(judgement.Verdict) ? CellDiagnosis.Of(seen) : null;
        var result = new CellResult
        {
            Cell = seen.Cell.Id,
            Verdict = judgement.Verdict,
            IsRed = DeviceSearch.IsFailure(judgement.Verdict),
            Expected = judgement.Expected,
            Got = judgement.Got,
            Why = diagnosis is null ? judgement.Why : [diagnosis.ToString(), .. judgement.Why],
            Diagnosis = diagnosis,
            Alert = judgement.Signature?.Alert,
            From = judgement.Signature?.Direction,
            After = judgement.Signature?.After,
            Effective = CellWords.Effective(seen),
            Findings =
            [
                .. seen.Findings.Select(finding =>
                    $"{finding.Severity} {finding.RuleId}: {finding.Message} ({finding.Rfc})"),
            ],
            Started = started,
            Milliseconds = Math.Round((DateTimeOffset.UtcNow - started).TotalMilliseconds, 1),
            Evidence = _evidence.PlaceOf(seen),
            ServerLog = _evidence.ServerLogOf(seen),
        };
        _evidence.Write(
            seen, CellEvidence.Handshake(seen, judgement.Verdict), result, snapshot: null,
            seen.KeyLog ?? _secrets.KeyLog);
        session.Keep(result);
        return result;
    }
}
