using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Capture.Live;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Snapshots;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// Runs one cell: leases a server, lets the client connect, decodes and verifies what the wire showed, and has it
/// judged.
/// </summary>
/// <param name="host">The endpoints.</param>
/// <param name="capture">The wire.</param>
/// <param name="folder">Where the evidence goes.</param>
/// <param name="policies">What servers choose of what they are offered.</param>
/// <param name="catalogue">What cells do, and which ends are scripted.</param>
/// <param name="options">Deadline.</param>
/// <param name="snapshots">Compares the decoded handshake; null compares nothing.</param>
/// <param name="knownFailures">Failures that are expected.</param>
/// <param name="cases">What bug reports expect of their cells.</param>
/// <param name="comparable">Tells for a cell whether its snapshot is of the very stacks that run here.</param>
/// <param name="times">Where the time goes.</param>
public sealed class CellExecution(
    EndpointHost host,
    RunCapture capture,
    RunFolder folder,
    ServerPolicies policies,
    EndpointCatalogue catalogue,
    RunOptions options,
    ISnapshotVerifier? snapshots,
    KnownFailures knownFailures,
    ReportedCases cases,
    Func<Cell, bool> comparable,
    StageTimes times)
{
    // When the client is gone, what is still to come from the server is on its way. Nothing for so long is the end.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    // The connection of a client that held its whole conversation was there and has an end; a busy machine sees it
    // late.
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(2);

    // What starts with its first cell loads and compiles itself then, at the same time as the others of the run.
    private const int FirstTimeFactor = 2;

    private readonly ConcurrentDictionary<(EndpointReference, EndpointRole), bool> _hasRun = new();
    private readonly RunSecrets _secrets = new();
    private readonly CellEvidence _evidence = new(folder);

    /// <summary>What was written of a result's handshake; null if nothing was.</summary>
    public string? HandshakeOf(CellResult result) => _evidence.HandshakeOf(result);

    /// <summary>Runs it. An endpoint that breaks is a result like any other.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="attempt">Which time it is, from 1; each has evidence of its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    public async Task<CellResult> RunAsync(Cell cell, int attempt, CancellationToken cancellationToken)
    {
        var started = DateTimeOffset.UtcNow;
        var since = TimeProvider.System.GetTimestamp();
        CellResult result;
        try
        {
            var request = Request(cell);
            var seen = await ObserveAsync(cell, request.OfServer(), request, cancellationToken);
            result = Judge(seen with { Attempt = attempt });
        }
        catch (EndpointException broken)
        {
            result = Broken(cell, CellResult.WorkingEndpoints, broken.Problem, $"{broken.Endpoint}: {broken.Remedy}");
            foreach (var (endpoint, role) in Ends(cell))
            {
                // One that only does not answer must not get twice the time for each of its cells.
                if (host.Renew(endpoint, role)) _hasRun.TryRemove((endpoint, role), out _);
            }
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException or CaptureException))
        {
            // The other cells must not pay for it.
            result = Broken(
                cell, "a harness that works", fault.Message,
                $"{fault.GetType().Name}: a fault of TlsInterop itself, please report it:\n{fault.StackTrace}");
        }
        return result with
        {
            Started = started,
            Milliseconds = Math.Round(TimeProvider.System.GetElapsedTime(since).TotalMilliseconds, 1),
        };
    }

    private static (EndpointReference, EndpointRole)[] Ends(Cell cell) =>
        [(cell.Server, EndpointRole.Server), (cell.Client, EndpointRole.Client)];

    private static CellResult Broken(Cell cell, string expected, string got, string why) => new()
    {
        Cell = cell.Id, Verdict = Verdict.Error, IsRed = true, Expected = expected, Got = got, Why = [why],
    };

    /// <summary>What a cell asks; of the server see <see cref="CellRequest.OfServer"/>.</summary>
    public CellRequest Request(Cell cell)
    {
        var hasQuirk = cell.Quirk is not null;
        var isOfServer = hasQuirk && !catalogue.HasQuirks(cell.Client);
        return new(
            catalogue.Scenarios[cell.Scenario], cell.Version, cell.Suite?.ToString(), cell.Group, cell.Certificate)
        {
            Quirk = cell.Quirk,
            IsQuirkOfServer = isOfServer,
            Seed = (hasQuirk && !isOfServer) || catalogue.HasHabits(cell.Client)
                ? SeedOf(cell, EndpointRole.Client) : null,
            SeedOfServer = isOfServer || catalogue.HasHabits(cell.Server)
                ? SeedOf(cell, EndpointRole.Server) : null,
        };
    }

    private static long SeedOf(Cell cell, EndpointRole role) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{role} {cell.Id}")));

    /// <summary>
    /// Lets the client connect to the server, and returns what was seen. The two may be asked for different things:
    /// that is how controls are made.
    /// </summary>
    /// <exception cref="EndpointException">An endpoint broke.</exception>
    public async Task<CellObservation> ObserveAsync(
        Cell cell, CellRequest serverRequest, CellRequest clientRequest, CancellationToken cancellationToken)
    {
        RunningEndpoint server, client;
        using (times.Measure(Stage.StartUp))
        {
            server = await host.GetAsync(cell.Server, EndpointRole.Server, cancellationToken);
            client = await host.GetAsync(cell.Client, EndpointRole.Client, cancellationToken);
        }
        ServerPolicy? policy;
        using (times.Measure(Stage.Server))
            policy = await policies.OfAsync(cell.Server, server, serverRequest, cancellationToken);
        ServerLease lease;
        using (times.Measure(Stage.Server))
            lease = await server.Servers!.LeaseAsync(
                serverRequest, DeadlineOf(cell.Server, EndpointRole.Server), cancellationToken);
        var seen = new CellObservation
        {
            Cell = cell,
            Request = clientRequest,
            Server = lease,
            Policy = policy,
            Habitual =
            [
                .. catalogue.HasHabits(cell.Client) ? [Direction.ClientToServer] : Array.Empty<Direction>(),
                .. catalogue.HasHabits(cell.Server) ? [Direction.ServerToClient] : Array.Empty<Direction>(),
            ],
        };
        if (lease.Server is not { } running) return seen;
        _hasRun[(cell.Server, EndpointRole.Server)] = true;
        seen = seen with { SaidBefore = LengthOf(running.OutputFile) };

        var clean = false;
        try
        {
            var address = running.HostFor(client.Client!);
            using var wire = await capture.LeaseAsync(address, running.Port, clientRequest.Scenario.Visits);
            ClientOutcome outcome;
            // Who is asked to say nothing for a while does not take long by that.
            var deadline = DeadlineOf(cell.Client, EndpointRole.Client) + clientRequest.Scenario.Silence;
            using (times.Measure(Stage.Client))
                outcome = await client.Client!.ConnectAsync(
                    clientRequest.OfClient(), address, running.Port, deadline, cancellationToken);
            _hasRun[(cell.Client, EndpointRole.Client)] = true;
            LeaseFrames frames;
            using (times.Measure(Stage.Capture))
            {
                await LastFrames.WaitAsync(
                    () => wire.FrameCount, wire.Completed, outcome.Talked ? LongSilence : Silence, options.Deadline,
                    cancellationToken);
                frames = wire.Close();
            }
            clean = outcome.Talked && frames.IsComplete;
            // What a server did not say because it is gone is no answer of its stack.
            if (!clean) server.Servers.CheckAlive();
            if ((running.KeyLogFile ?? outcome.KeyLogFile) is { } keyLog) _secrets.Refresh(keyLog);
            using var decoding = times.Measure(Stage.Decode);
            return Decode(seen with { Client = outcome, Frames = frames }, _secrets.KeyLog);
        }
        finally
        {
            await server.Servers.ReturnAsync(running, clean, CancellationToken.None);
        }
    }

    private TimeSpan DeadlineOf(EndpointReference endpoint, EndpointRole role) =>
        options.Deadline * (_hasRun.ContainsKey((endpoint, role)) ? 1 : FirstTimeFactor);

    /// <summary>Decodes the frames of an observation with the secrets that are given.</summary>
    public static CellObservation Decode(CellObservation seen, KeyLog keyLog)
    {
        var decoders = new List<ConnectionDecoder>();
        var reassembler = new TcpReassembler(_ =>
        {
            decoders.Add(new ConnectionDecoder());
            return decoders[^1];
        });
        foreach (var frame in seen.Frames!.Frames) reassembler.Frame(frame.Header, frame.Bytes.Span);
        reassembler.Flush();
        // One for all: a session that is resumed is known from the connection before.
        var secrets = new SessionSecrets(keyLog);
        return seen with { Connections = [.. decoders.Select(decoder => decoder.Decode(secrets))], KeyLog = keyLog };
    }

    /// <summary>Verifies, compares and judges an observation, and writes its evidence.</summary>
    public CellResult Judge(CellObservation seen)
    {
        using (times.Measure(Stage.Verify))
            seen = seen with
            {
                Findings = [.. seen.Visits.SelectMany(visit => ConnectionVerifier.Verify(visit, seen.KeyLog))],
            };
        using var reporting = times.Measure(Stage.Report);
        var judgement = CellJudge.Judge(seen);
        var handshake = CellEvidence.Handshake(seen, judgement.Verdict);
        var received = CellEvidence.Snapshot(seen, judgement.Verdict);
        var snapshot = Compare(seen, judgement.Verdict, received);
        var expectation = knownFailures.Judge(seen.Cell, judgement.Signature, DateOnly.FromDateTime(DateTime.UtcNow));
        var reported = cases.Find(seen.Cell);
        // A refusal that was to come has a cause as well.
        var isWell = judgement.Verdict == Verdict.Pass
            && (seen.Connection is null || Outcome.Of(seen.Connection) == Outcome.Complete);
        var diagnosis = isWell && reported?.Diagnosis is null ? null : CellDiagnosis.Of(seen);
        var otherCause = reported?.OtherThan(diagnosis);
        string[] known = expectation.Entry is null ? [] : [expectation.Explanation];
        var result = new CellResult
        {
            Cell = seen.Cell.Id,
            Verdict = judgement.Verdict,
            IsRed = expectation.IsRed || otherCause is not null || snapshot is { State: not SnapshotState.Equal },
            Expected = judgement.Expected,
            Got = judgement.Got,
            Why =
            [
                .. new[] { otherCause, judgement.Verdict == Verdict.Pass ? null : diagnosis?.ToString() }
                    .OfType<string>(),
                .. judgement.Why, .. known,
            ],
            Diagnosis = diagnosis,
            Alert = judgement.Signature?.Alert,
            From = judgement.Signature?.Direction,
            After = judgement.Signature?.After,
            Refusal = judgement.Verdict == Verdict.Pass && !isWell ? Judgement.Ending(seen, message: null) : null,
            Effective = CellWords.Effective(seen),
            Certificate = CertificateAnswer.Of(seen),
            Difference = seen.Prediction is { } made ? PredictionCheck.FirstOf(made, seen.Connection!) : null,
            Shape = received is null ? null : HandshakeShape.Of(received),
            Snapshot = snapshot?.State.ToString().ToLowerInvariant() ?? "not compared",
            Findings =
            [
                .. seen.Findings.Select(finding =>
                    $"{finding.Severity} {finding.RuleId}: {finding.Message} ({finding.Rfc})"),
            ],
            ClientExitCode = seen.Client?.ExitCode,
            Evidence = _evidence.PlaceOf(seen),
            ServerLog = _evidence.ServerLogOf(seen),
            ServerLogFrom = seen.SaidBefore,
            Configuration = seen.Server.Server?.Configuration,
        };
        _evidence.Write(seen, handshake, result, snapshot, seen.KeyLog ?? _secrets.KeyLog);
        return result;
    }

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } there ? there.Length : 0;

    // What was not captured whole is no handshake to compare.
    private SnapshotVerdict? Compare(CellObservation seen, Verdict verdict, string? received) =>
        verdict is Verdict.Pass or Verdict.Fail && comparable(seen.Cell) && received is not null
            ? snapshots?.Verify(seen.Cell.Id, received) : null;
}
