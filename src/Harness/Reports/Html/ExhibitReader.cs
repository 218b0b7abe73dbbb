using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>Reads what is left of cells. A journal says where that is, and is not believed.</summary>
/// <param name="run">The run.</param>
internal sealed class ExhibitReader(RecordedRun run)
{
    // A capture that is larger is of a transfer of data, and is told where it is.
    private const int MostOctets = 4 << 20;
    private const int MostLogOctets = 32 << 10;
    private const int MostConnections = 6;
    private const int MostAttempts = 100;

    private readonly ServerLogParts _parts = new(run.Results);

    /// <summary>Reads what is there of a cell; what is not is told.</summary>
    /// <param name="result">The cell's result.</param>
    /// <param name="change">How it stands to an earlier run; null if there is none.</param>
    public CellExhibits Of(CellResult result, CellChange? change)
    {
        var problems = new List<string>();
        var (capture, size) = Capture(result, problems);
        var connections = capture is null ? null : Decode(capture, problems);
        // What can't be read can't be copied either.
        if (connections is null) capture = null;
        connections ??= [];
        var (diff, diffTo) = Diff(result, change, problems);
        return new()
        {
            Capture = capture,
            CaptureSize = size,
            Place = capture is null ? null
                : $"runs/{Path.GetFileName(run.Folder)}/{Path.GetRelativePath(run.Folder, capture)}",
            Connections = connections,
            Diff = diff,
            DiffTo = diffTo,
            Logs =
            [
                .. Log("What the client ran", OfCell(result, CellEvidence.ClientCommandsName), problems, Tail),
                .. Log("What the client said", OfCell(result, CellEvidence.ClientLogName), problems, Tail),
                .. Log("What the server said", RunPlace.Inside(run.Folder, result.ServerLog), problems, path =>
                    Part(result, path, connections)),
            ],
            Problems = problems,
        };
    }

    private string? OfCell(CellResult result, string name) => RunPlace.Inside(run.Folder, result.Evidence, name);

    private (string? Path, long Size) Capture(CellResult result, List<string> problems)
    {
        if (OfCell(result, CellEvidence.CaptureName) is not { } path || !File.Exists(path))
        {
            problems.Add(result.Evidence is null
                ? "It ended before anything was captured." : "Its capture is not in the run's folder any more.");
            return (null, 0);
        }
        var size = new FileInfo(path).Length;
        if (size == 0)
        {
            problems.Add("Its capture is empty.");
            return (null, 0);
        }
        if (size <= MostOctets) return (path, size);
        problems.Add($"Its capture has {size} octets and stays where it is, in the run's folder: "
            + $"{Path.GetRelativePath(run.Folder, path)}.");
        return (null, size);
    }

    private static List<CapturedConnection>? Decode(string path, List<string> problems)
    {
        var connections = new List<CapturedConnection>();
        try
        {
            using var stream = EvidenceFile.Open(path);
            // Pages are made on all processors already.
            new CaptureDecoder(new() { Workers = 1 }).Read(stream, connection => connection, connections.Add);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add($"Its capture can't be read: {unreadable.Message}");
            return null;
        }
        connections.Sort((left, right) => left.Info.Number.CompareTo(right.Info.Number));
        if (connections.Count > MostConnections)
            problems.Add($"Of its {connections.Count} connections the last {MostConnections} are drawn.");
        return [.. connections.TakeLast(MostConnections)];
    }

    private (IReadOnlyList<DiffLine> Lines, string To) Diff(
        CellResult result, CellChange? change, List<string> problems)
    {
        try
        {
            if (result.Snapshot == "different"
                && TextAt(OfCell(result, CellEvidence.DifferenceName)) is { } diff)
                return ([.. diff.TrimEnd('\n').Split('\n').Select(
                    line => new DiffLine(KindOf(line), SafeText.Of(line.TrimEnd('\r'))))], "the accepted handshake");
            if (Handshake(result) is not { } now) return ([], "");
            if (result.Verdict == Verdict.Flaky && Otherwise(result, now) is { } other)
                return (Unified(other.Handshake, now), $"the same cell's {other.Attempt}");
            if (change is { Before: { } before, Kind: not ChangeKind.Unchanged } && Earlier(before) is { } earlier)
                return (Unified(earlier, now), "the handshake of the earlier run");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add($"How its handshake differs can't be read: {unreadable.Message}");
        }
        return ([], "");
    }

    /// <summary>Folder of the run that it is compared with; null if there is none.</summary>
    public string? EarlierFolder { get; init; }

    private string? Earlier(CellResult before) => EarlierFolder is { } folder
        ? TextAt(RunPlace.Inside(folder, before.Evidence, CellEvidence.HandshakeName)) : null;

    private string? Handshake(CellResult result, string attempt = "") =>
        TextAt(OfCell(result, Path.Combine(attempt, CellEvidence.HandshakeName)));

    private static string? TextAt(string? path) =>
        File.Exists(path) ? EvidenceFile.Text(path, MostOctets) : null;

    // The first time that the cell was run again and spoke in another way.
    private (string Attempt, string Handshake)? Otherwise(CellResult result, string first)
    {
        for (var attempt = 2; attempt <= MostAttempts; attempt++)
        {
            var name = RunFolder.AttemptName(attempt);
            if (Handshake(result, name) is { } handshake && handshake != first) return (name, handshake);
        }
        return null;
    }

    private static IReadOnlyList<DiffLine> Unified(string before, string now) =>
        [.. SnapshotDiff.Unified(before, now).Select(line => line with { Text = SafeText.Of(line.Text) })];

    private static DiffLineKind KindOf(string line) => line switch
    {
        ['@', '@', ..] => DiffLineKind.Hunk,
        ['+', ..] => DiffLineKind.Added,
        ['-', ..] => DiffLineKind.Removed,
        _ => DiffLineKind.Context,
    };

    private static IEnumerable<(string Name, string Text)> Log(
        string name, string? path, List<string> problems, Func<string, (string Whose, string Text)> read)
    {
        if (path is null || !File.Exists(path)) yield break;
        (string Whose, string Text) log;
        try
        {
            log = read(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{name} can't be read: {unreadable.Message}");
            yield break;
        }
        var text = LogLines.Plain(log.Text);
        if (text.Length > 0) yield return (name + log.Whose, text);
    }

    // One file of a server may have the words of thousands of cells.
    private (string Whose, string Text) Part(CellResult result, string path, List<CapturedConnection> connections)
    {
        var part = _parts.Of(result, path, connections.Select(each => $"{each.Info.Client}"), MostLogOctets);
        return ($", {part.Whose}", part.Text);
    }

    private static (string Whose, string Text) Tail(string path) => ("", EvidenceFile.Text(path, MostLogOctets));
}
