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
    private const long MostOctets = 4 << 20;
    private const int MostLogOctets = 32 << 10;
    private const int MostConnections = 6;

    /// <summary>Reads what is there of a cell; what is not is told.</summary>
    /// <param name="result">The cell's result.</param>
    /// <param name="change">How it stands to an earlier run; null if there is none.</param>
    public CellExhibits Of(CellResult result, CellChange? change)
    {
        var problems = new List<string>();
        var (capture, size) = Capture(result, problems);
        var (diff, diffTo) = Diff(result, change, problems);
        return new()
        {
            Capture = capture,
            CaptureSize = size,
            Connections = capture is null ? [] : Decode(capture, problems),
            Diff = diff,
            DiffTo = diffTo,
            Logs =
            [
                .. Log("What the client said", Inside(run.Folder, result.Evidence, "client.log"), problems),
                .. Log("What the server said", Inside(run.Folder, result.ServerLog), problems),
            ],
            Problems = problems,
        };
    }

    private (string? Path, long Size) Capture(CellResult result, List<string> problems)
    {
        if (Inside(run.Folder, result.Evidence, "capture.pcapng") is not { } path || !File.Exists(path))
        {
            problems.Add(result.Evidence is null
                ? "It ended before anything was captured." : "Its capture is not in the run's folder any more.");
            return (null, 0);
        }
        var size = new FileInfo(path).Length;
        if (size <= MostOctets) return (path, size);
        problems.Add($"Its capture has {size} octets and stays where it is, in the run's folder: "
            + $"{Path.GetRelativePath(run.Folder, path)}.");
        return (null, size);
    }

    private static List<CapturedConnection> Decode(string path, List<string> problems)
    {
        var connections = new List<CapturedConnection>();
        try
        {
            using var stream = File.OpenRead(path);
            // Pages are made on all processors already.
            new CaptureDecoder(new() { Workers = 1 }).Read(stream, connection => connection, connections.Add);
        }
        catch (IOException unreadable)
        {
            problems.Add($"Its capture can't be read: {unreadable.Message}");
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
                && Inside(run.Folder, result.Evidence, "snapshot.diff") is { } file && File.Exists(file))
                return ([.. File.ReadLines(file).Select(line => new DiffLine(KindOf(line), SafeText.Of(line)))],
                    "the accepted handshake");
            if (change is { Before: { } before, Kind: not ChangeKind.Unchanged } && Earlier(before) is { } earlier
                && Inside(run.Folder, result.Evidence, "handshake.txt") is { } now && File.Exists(now))
                return ([.. SnapshotDiff.Unified(File.ReadAllText(earlier), File.ReadAllText(now))
                    .Select(line => line with { Text = SafeText.Of(line.Text) })], "the handshake of the earlier run");
        }
        catch (IOException unreadable)
        {
            problems.Add($"How its handshake differs can't be read: {unreadable.Message}");
        }
        return ([], "");
    }

    /// <summary>Folder of the run that it is compared with; null if there is none.</summary>
    public string? EarlierFolder { get; init; }

    private string? Earlier(CellResult before) =>
        EarlierFolder is { } folder && Inside(folder, before.Evidence, "handshake.txt") is { } path
            && File.Exists(path) ? path : null;

    private static DiffLineKind KindOf(string line) => line switch
    {
        ['@', '@', ..] => DiffLineKind.Hunk,
        ['+', ..] => DiffLineKind.Added,
        ['-', ..] => DiffLineKind.Removed,
        _ => DiffLineKind.Context,
    };

    // The last lines say how it ended; one file of a server may have the words of thousands of cells.
    private static IEnumerable<(string Name, string Text)> Log(string name, string? path, List<string> problems)
    {
        if (path is null || !File.Exists(path)) yield break;
        string text;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var isCut = file.Length > MostLogOctets;
            if (isCut) file.Seek(-MostLogOctets, SeekOrigin.End);
            using var reader = new StreamReader(file);
            var octets = reader.ReadToEnd();
            text = (isCut ? "… what stands before this is in the run's folder\n" : "") + LogLines.Plain(octets);
        }
        catch (IOException unreadable)
        {
            problems.Add($"{name} can't be read: {unreadable.Message}");
            yield break;
        }
        if (text.Length > 0) yield return (name, text);
    }

    // A path of a journal that leads out of the run's folder is none.
    private static string? Inside(string folder, string? place, string name = "")
    {
        if (string.IsNullOrEmpty(place) || place.Contains('\0')) return null;
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, place, name));
        return path.StartsWith(root, StringComparison.Ordinal) ? path : null;
    }
}
