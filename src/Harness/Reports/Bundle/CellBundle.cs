using System.Buffers;
using System.IO.Compression;
using System.Text;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Bundle;

/// <summary>All that is known of one cell as an archive, to be attached to a report of a bug.</summary>
public sealed class CellBundle
{
    /// <summary>The text of the report.</summary>
    public const string IssueName = "ISSUE.md";

    // The end of a log is where it says what it did not like; others' words may stand before.
    private const int MostOfLog = 256 << 10;
    private const int MostOfCapture = 64 << 20;
    private const int LadderWidth = 100;

    // Secrets of other cells: its own are in the capture.
    private static readonly string[] NotConfiguration = ["keys.log", "output", "payload"];

    private readonly RecordedRun _run;
    private readonly CellResult _result;
    private readonly Scrubbing _scrubbing;
    private readonly List<BundleEntry> _entries = [];
    private readonly List<string> _leftOut = [];

    private CellBundle(RecordedRun run, CellResult result, Scrubbing scrubbing) =>
        (_run, _result, _scrubbing) = (run, result, scrubbing);

    /// <summary>The files, the text first.</summary>
    public IReadOnlyList<BundleEntry> Entries => _entries;

    /// <summary>What is not in it, and why, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Gathers what there is of a cell.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">The cell's result in it.</param>
    /// <param name="scrubbing">What is taken out of each text.</param>
    public static CellBundle Of(RecordedRun run, CellResult result, Scrubbing scrubbing)
    {
        var bundle = new CellBundle(run, result, scrubbing);
        var ladder = bundle.Gather();
        bundle._entries.Insert(0, BundleEntry.OfText(
            IssueName, "this text",
            scrubbing.Of(BundleIssue.Of(run, result, ladder, bundle._entries, bundle._leftOut))));
        return bundle;
    }

    /// <summary>Writes the archive.</summary>
    public void Write(Stream output)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in _entries)
        {
            var item = zip.CreateEntry(entry.Name, CompressionLevel.Optimal);
            // ZIP knows no year before 1980.
            if (_result.Started.Year >= 1980) item.LastWriteTime = _result.Started;
            using var stream = item.Open();
            stream.Write(entry.Bytes.Span);
        }
    }

    private string Gather()
    {
        var ladder = "";
        var place = _result.Evidence is { } evidence ? Inside(evidence) : null;
        if (place is null) _leftOut.Add("the evidence: the result does not say where it is in the run's folder");
        else
        {
            if (File.Exists(Path.Combine(place, "capture.pcapng")))
            {
                ladder = Capture(Path.Combine(place, "capture.pcapng"));
                if (ladder.Length > 0) Add("ladder.txt", "the capture, decoded message by message", ladder);
            }
            else _leftOut.Add("capture.pcapng: there is none");
            AddFile(Path.Combine(place, "handshake.txt"), "handshake.txt", "the handshake, and how it was judged");
            AddFile(Path.Combine(place, "client.log"), "client.log", "what the client said");
            AddFile(Path.Combine(place, "snapshot.diff"), "snapshot.diff", "the handshake beside the accepted one",
                isNeeded: false);
        }
        Server();
        Certificates();
        Add("versions.txt", "endpoints, their versions and images", BundleIssue.Versions(_run, _result));
        Add("command.txt", "what runs it again", BundleIssue.Command(_run, _result) + "\n");
        return ladder;
    }

    private void Server()
    {
        if (_result.ServerLog is not { } log || Inside(log) is not { } path)
        {
            _leftOut.Add("server.log: the result does not say where it is in the run's folder");
            return;
        }
        AddFile(path, "server.log", "what the server said; other cells' words may stand beside");
        // Beside the cell's own log nothing is the server's.
        if (!File.Exists(path)
            || !log.Replace('\\', '/').Split('/').Any(part => part.StartsWith("endpoints", StringComparison.Ordinal)))
            return;
        foreach (var file in FilesOf(Path.GetDirectoryName(path)!))
        {
            var name = Path.GetFileName(file);
            if (!Array.Exists(NotConfiguration, word => name.StartsWith(word, StringComparison.Ordinal)))
                AddFile(file, $"server/{name}", "of the server's configuration");
        }
    }

    private void Certificates()
    {
        var profile = CellId.TryParse(_result.Cell, out var cell, out _) ? cell.Certificate : null;
        // Each shard of a run that was joined has certificates of its own.
        var evidence = (_result.Evidence ?? "").Replace('\\', '/');
        var part = evidence.IndexOf("cells/", StringComparison.Ordinal);
        if (Inside(Path.Combine(part > 0 ? evidence[..part] : "", "shared")) is not { } shared) return;
        foreach (var name in profile is null ? [] : new[] { $"{profile}.pem", $"{profile}.chain.pem", "root.pem" })
            AddFile(Path.Combine(shared, name), $"certificates/{name}", "certificates of the test, public parts");
    }

    private string Capture(string path)
    {
        if (new FileInfo(path).Length > MostOfCapture)
        {
            _leftOut.Add($"capture.pcapng: it has more than {MostOfCapture >> 20} MiB");
            return "";
        }
        var bytes = File.ReadAllBytes(path);
        Add(new BundleEntry("capture.pcapng", "every frame, with the secrets of this connection", bytes));
        var texts = new SortedDictionary<int, string>();
        var way = ConnectionOutput.Ladder(new LadderOptions(Width: LadderWidth));
        using var stream = new MemoryStream(bytes);
        new CaptureDecoder(new()).Read(
            stream,
            connection =>
            {
                var text = new ArrayBufferWriter<byte>();
                way.Write(connection, text);
                return (connection.Info.Number, Text: Encoding.UTF8.GetString(text.WrittenSpan));
            },
            shown => texts[shown.Number] = shown.Text);
        return string.Join(way.Between, texts.Values);
    }

    private void AddFile(string path, string name, string what, bool isNeeded = true)
    {
        if (!File.Exists(path))
        {
            if (isNeeded) _leftOut.Add($"{name}: there is none");
            return;
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var cut = Math.Max(0, file.Length - MostOfLog);
        file.Seek(cut, SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        Add(name, what, (cut > 0 ? $"... {cut} octets before this are left out\n" : "") + reader.ReadToEnd());
    }

    private void Add(string name, string what, string text) =>
        Add(BundleEntry.OfText(name, what, _scrubbing.Of(text)));

    private void Add(BundleEntry entry)
    {
        if (entry.HoldsPrivateKey) _leftOut.Add($"{entry.Name}: there is a private key in it");
        else _entries.Add(entry);
    }

    // A journal is a file that somebody may have sent: what it names lies in the run's folder, or is not read.
    private string? Inside(string relative)
    {
        var root = Path.GetFullPath(_run.Folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, relative));
        return path.StartsWith(root, StringComparison.Ordinal) ? path : null;
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => new FileInfo(file).LinkTarget is null)
            .Order(StringComparer.Ordinal);
}
