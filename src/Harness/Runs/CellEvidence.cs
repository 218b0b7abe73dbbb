using System.Text;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Snapshots;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Harness.Runs;

/// <summary>What is kept of a cell, so that a reader of its folder needs nothing else.</summary>
internal sealed class CellEvidence(RunFolder folder)
{
    /// <summary>Name of the file with the client's commands, in the cell's folder.</summary>
    public const string ClientCommandsName = "client.commands";

    /// <summary>Name of the file with every frame, in the cell's folder.</summary>
    public const string CaptureName = "capture.pcapng";

    /// <summary>Name of the file with the handshake as people read it, in the cell's folder.</summary>
    public const string HandshakeName = "handshake.txt";

    /// <summary>Name of the file with what the client said, in the cell's folder.</summary>
    public const string ClientLogName = "client.log";

    /// <summary>Name of the file with what a server said that did not come up, in the cell's folder.</summary>
    public const string ServerLogName = "server.log";

    /// <summary>Name of the file with the handshake beside the accepted one, in the cell's folder.</summary>
    public const string DifferenceName = "snapshot.diff";

    /// <summary>A cell's folder, relative to the run's.</summary>
    public string PlaceOf(CellObservation seen) =>
        Path.GetRelativePath(folder.Path, folder.CellFolder(seen.Cell, seen.Attempt));

    /// <summary>
    /// What its server said, relative to the run's folder; one that served other cells too has their words beside.
    /// </summary>
    public string ServerLogOf(CellObservation seen) => seen.Server.Server is { } running
        ? Path.GetRelativePath(folder.Path, running.OutputFile)
        : Path.Combine(PlaceOf(seen), ServerLogName);

    /// <summary>The handshake as people read it; null if there was none.</summary>
    public static string? Handshake(CellObservation seen, Verdict verdict) => Text(seen, verdict, answerFrom: null);

    /// <summary>
    /// The handshake as its snapshot has it: of a cell with a quirk, what the end answers that has none.
    /// </summary>
    public static string? Snapshot(CellObservation seen, Verdict verdict) =>
        Text(seen, verdict, seen.QuirkPeer);

    /// <summary>What was written of a result's handshake; null if nothing was.</summary>
    public string? HandshakeOf(CellResult result) =>
        result.Evidence is { } place && Path.Combine(folder.Path, place, HandshakeName) is var file && File.Exists(file)
            ? File.ReadAllText(file) : null;

    private static string? Text(CellObservation seen, Verdict verdict, Direction? answerFrom) =>
        seen.Connection is not { } connection ? null : SnapshotText.Render(connection, new SnapshotHeader
        {
            AnswerFrom = answerFrom,
            CellId = seen.Cell.Id,
            Verdict = verdict.ToString().ToLowerInvariant(),
            Findings =
            [
                .. seen.Findings.Where(finding => finding.Severity != Severity.Note
                    && (answerFrom is null || finding.Direction == answerFrom))
                    .Select(finding => $"{finding.RuleId}: {finding.Message}"),
            ],
            PayloadRemark = verdict == Verdict.Pass && seen.Client is { Talked: true } ? "as expected" : null,
        });

    /// <summary>Writes it.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="handshake">Its handshake, or null.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="snapshot">How the handshake stands to its snapshot; null if it was not compared.</param>
    /// <param name="keyLog">Secrets, of which its own go into the capture.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(
        CellObservation seen, string? handshake, CellResult result, SnapshotVerdict? snapshot, KeyLog keyLog)
    {
        var place = folder.CellFolder(seen.Cell, seen.Attempt);
        var keys = seen.Connections.SelectMany(connection => connection.SecretsIn(keyLog));
        if (seen.Frames is { } frames)
            CaptureFile.Write(
                Path.Combine(place, CaptureName), frames.Frames,
                Encoding.ASCII.GetBytes(string.Concat(keys.Select(line => line + "\n"))), seen.Cell.Id);
        File.WriteAllText(
            Path.Combine(place, HandshakeName), string.Join('\n', [handshake ?? seen.Cell.Id, .. Judged(result)]));
        // A client from elsewhere tells nobody what it thinks.
        if (seen.Client is { } client)
        {
            File.WriteAllText(Path.Combine(place, ClientLogName), $"exit code {client.ExitCode}\n{client.Output}");
            if (client.Commands.Length > 0)
                File.WriteAllText(Path.Combine(place, ClientCommandsName), client.Commands);
        }
        if (seen.Server.Server is null) File.WriteAllText(Path.Combine(place, ServerLogName), seen.Server.Output);
        if (snapshot is { State: SnapshotState.Different } different)
        {
            var lines = SnapshotDiff.Unified(different.Verified, File.ReadAllText(different.ReceivedPath));
            File.WriteAllLines(Path.Combine(place, DifferenceName), lines.Select(line => line.Text));
        }
    }

    // Behind the handshake: of one that is as it should be there is nothing to say.
    private static IEnumerable<string> Judged(CellResult result) => result.Verdict == Verdict.Pass ? [] :
    [
        $"Expected: {result.Expected}",
        $"Got:      {result.Got}",
        .. result.Why.SelectMany(why => why.Split('\n')).Select(line => $"Why:      {line}"),
        $"Server:   {result.ServerLog}, of the run's folder",
        "",
    ];
}
