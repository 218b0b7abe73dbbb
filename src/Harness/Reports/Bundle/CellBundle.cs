using System.Buffers;
using System.IO.Compression;
using System.Text;
using TlsInterop.Harness.Endpoints;
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

    private const int MostOfCapture = 64 << 20;
    private const int LadderWidth = 100;

    // Secrets of other cells, as its own are in the capture; and what cells said.
    private static readonly string[] NotConfiguration =
        ["keys.log", "output", "payload", "loop", "heard", "rest", "messages", "log"];

    private readonly RecordedRun _run;
    private readonly CellResult _result;
    private readonly BundleFiles _files;
    private readonly List<string> _clients = [];

    private CellBundle(RecordedRun run, CellResult result, Scrubbing scrubbing) =>
        (_run, _result, _files) = (run, result, new(scrubbing));

    /// <summary>The files, the text first.</summary>
    public IReadOnlyList<BundleEntry> Entries => _files.Entries;

    /// <summary>What is not in it, and why, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut => _files.LeftOut;

    /// <summary>Gathers what there is of a cell.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">The cell's result in it.</param>
    /// <param name="scrubbing">What is taken out of each text.</param>
    public static CellBundle Of(RecordedRun run, CellResult result, Scrubbing scrubbing)
    {
        var bundle = new CellBundle(run, result, scrubbing);
        var told = bundle.Gather();
        bundle._files.AddFirst(
            IssueName, "this text", BundleIssue.Of(run, result, told, bundle.Entries, bundle.LeftOut));
        return bundle;
    }

    /// <summary>Writes the archive.</summary>
    public void Write(Stream output)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in Entries)
        {
            var item = zip.CreateEntry(entry.Name, CompressionLevel.Optimal);
            // Other years ZIP does not know.
            if (_result.Started.Year is >= 1980 and <= 2107) item.LastWriteTime = _result.Started;
            using var stream = item.Open();
            stream.Write(entry.Bytes.Span);
        }
    }

    private BundleTold Gather()
    {
        var told = new BundleTold();
        if (OfCell() is null) _files.Lack("the evidence: the result does not say where it is in the run's folder");
        else
        {
            if (Capture() is { Length: > 0 } ladder)
                told = told with
                {
                    Ladder = _files.Add("ladder.txt", "the capture, decoded message by message", ladder),
                };
            _files.AddFile(OfCell(CellEvidence.HandshakeName), CellEvidence.HandshakeName,
                "the handshake, and how it was judged");
            told = told with
            {
                ClientSaid = _files.AddFile(
                    OfCell(CellEvidence.ClientLogName), CellEvidence.ClientLogName, "what the client said"),
                ClientCommands = _files.AddFile(
                    OfCell(CellEvidence.ClientCommandsName), "client/commands.txt", "what the client ran",
                    isNeeded: false),
            };
            _files.AddFile(
                OfCell(CellEvidence.DifferenceName), CellEvidence.DifferenceName,
                "the handshake beside the accepted one", isNeeded: false);
            Attempts();
        }
        _files.Add("versions.txt", "endpoints, their versions and images", BundleIssue.Versions(_run, _result));
        _files.Add("command.txt", "what runs it again", BundleIssue.Command(_run, _result) + "\n");
        // Last what a stack can make any number of.
        told = Server(told);
        Certificates(told);
        return told;
    }

    private string? OfCell(string name = "") => RunPlace.Inside(_run.Folder, _result.Evidence, name);

    // A flaky cell is told by the runs that ended otherwise.
    private void Attempts()
    {
        for (var attempt = 2; ; attempt++)
        {
            var name = RunFolder.AttemptName(attempt);
            if (OfCell(name) is not { } folder || !Directory.Exists(folder)) return;
            foreach (var file in new[] { CellEvidence.HandshakeName, CellEvidence.ClientLogName })
                _files.AddFile(OfCell($"{name}/{file}"), $"{name}/{file}", "the same of the cell when it ran again");
            Capture(name + "/");
        }
    }

    private BundleTold Server(BundleTold told)
    {
        if (_result.ServerLog is not { } log || RunPlace.Inside(_run.Folder, log) is not { } path)
        {
            _files.Lack($"{CellEvidence.ServerLogName}: the result does not say where it is in the run's folder");
            return told;
        }
        told = told with { ServerSaid = Said(path) };
        // Beside the cell's own log nothing is the server's.
        if (!File.Exists(path)
            || !log.Replace('\\', '/').Split('/').Any(part => part.StartsWith("endpoints", StringComparison.Ordinal)))
            return told;
        var beside = Path.GetDirectoryName(log)!;
        if (_result.Configuration is not { } configuration)
            return told with { ServerCommands = Configuration(beside, "server") };
        var daemon = Configuration(beside, "server/daemon");
        var slot = Configuration(
            Path.Combine(beside, SlotConfigurations.FolderName, configuration), "server");
        return told with { ServerCommands = $"{daemon}\n{slot}" };
    }

    private string Said(string path)
    {
        const string what = "what the server said";
        if (!File.Exists(path)) return _files.AddFile(path, CellEvidence.ServerLogName, what);
        try
        {
            var part = new ServerLogParts(_run.Results).Of(_result, path, _clients);
            var said = _files.Add(CellEvidence.ServerLogName, $"{what}: {part.Whose}", part.Text);
            if (!part.IsWhole) _files.AddFile(path, "server/whole.log", "all that it said, of other cells too");
            return said;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _files.Lack($"{CellEvidence.ServerLogName}: it can't be read");
            return "";
        }
    }

    // Returns the commands that are among the files.
    private string Configuration(string place, string name)
    {
        var commands = "";
        if (RunPlace.Inside(_run.Folder, place) is not { } folder || !Directory.Exists(folder)) return commands;
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(Path.GetFileName))
        {
            if (Array.Exists(NotConfiguration, word => file!.StartsWith(word, StringComparison.Ordinal))) continue;
            var path = RunPlace.Inside(_run.Folder, place, file!);
            if (file == ShellTrace.FileName)
                commands = _files.AddFile(path, $"{name}/commands.txt", "what started or configured the server");
            else _files.AddFile(path, $"{name}/{file}", "of the server's configuration");
        }
        return commands;
    }

    private void Certificates(BundleTold told)
    {
        var profile = CellId.TryParse(_result.Cell, out var cell, out _) ? cell.Certificate : null;
        // Each shard of a run that was joined has certificates of its own.
        var evidence = (_result.Evidence ?? "").Replace('\\', '/');
        var part = evidence.IndexOf("cells/", StringComparison.Ordinal);
        var place = Path.Combine(part > 0 ? evidence[..part] : "", "shared");
        if (RunPlace.Inside(_run.Folder, place) is not { } shared) return;
        foreach (var name in profile is null ? [] : new[] { $"{profile}.pem", $"{profile}.chain.pem", "root.pem" })
            _files.AddFile(
                RunPlace.Inside(_run.Folder, place, name), $"certificates/{name}",
                "certificates of the test, public parts");
        if (!Directory.Exists(shared)) return;
        foreach (var name in Directory.EnumerateFiles(shared, "*.pem").Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal))
        {
            var certificate = name.Split('.')[0];
            if (certificate == profile || name == "root.pem" || !IsNamed(certificate, told.ClientCommands)) continue;
            _files.AddFile(
                RunPlace.Inside(_run.Folder, place, name), $"certificates/{name}", "the client's, public parts");
        }
    }

    // As a file of a command line, or as a word of what a worker was asked.
    private static bool IsNamed(string certificate, string commands) =>
        commands.Contains($"/{certificate}.", StringComparison.Ordinal)
        || commands.Contains($"\"{certificate}\"", StringComparison.Ordinal);

    private string Capture(string place = "")
    {
        var name = place + CellEvidence.CaptureName;
        if (OfCell(name) is not { } path || !File.Exists(path))
        {
            _files.Lack($"{name}: there is none");
            return "";
        }
        if (new FileInfo(path).Length > MostOfCapture)
        {
            _files.Lack($"{name}: it has more than {MostOfCapture >> 20} MiB");
            return "";
        }
        try
        {
            var bytes = EvidenceFile.Bytes(path);
            _files.Add(new BundleEntry(name, "every frame, with the secrets of this connection", bytes));
            return Decoded(bytes);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _files.Lack($"{name}: it can't be read");
            return "";
        }
    }

    private string Decoded(byte[] capture)
    {
        var texts = new SortedDictionary<int, string>();
        var way = ConnectionOutput.Ladder(new LadderOptions(Width: LadderWidth));
        using var stream = new MemoryStream(capture);
        new CaptureDecoder(new()).Read(
            stream,
            connection =>
            {
                var text = new ArrayBufferWriter<byte>();
                way.Write(connection, text);
                return (connection.Info, Text: Encoding.UTF8.GetString(text.WrittenSpan));
            },
            shown =>
            {
                texts[shown.Info.Number] = shown.Text;
                _clients.Add($"{shown.Info.Client}");
            });
        return string.Join(way.Between, texts.Values);
    }
}
