using System.CommandLine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports.Bundle;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary><c>bundle</c>: all that is known of one cell, to be sent to somebody.</summary>
internal static class BundleCommand
{
    private const int NearMatches = 3;

    public static Command Create()
    {
        var cell = new Option<string>("--cell") { Description = "The cell", HelpName = "ID", Required = true };
        cell.CompletionSources.Add(_ => Cells());
        var run = RunChoice.Option("--run", "The run that it is of. Without it: the latest that has it");
        var parent = RunChoice.Parent();
        var output = new Option<string?>("--output")
        {
            Description = "The archive. Without it: the cell's id with '_' for '/', in the current folder",
            HelpName = "FILE.zip",
        };
        var command = new DocumentedCommand(
            "bundle",
            "Packs what is known of one cell, with a text ready to be pasted, for those who make the stack: capture "
                + "with its secrets, decoded text, logs, configuration, versions, certificates. No private key is in it",
            new Example(
                "bundle --cell exim@trixie/gnutls@trixie/smtps/tls1.3-AES_128_GCM_SHA256-x25519 --output bug.zip",
                "the evidence of that cell in the latest run"))
        {
            cell, run, parent, output,
        };
        command.SetAction(parsed =>
        {
            var id = parsed.GetValue(cell)!;
            var recorded = Find(id, parsed.GetValue(run), RunChoice.In(parsed.GetValue(parent)));
            var result = recorded.Results.First(result => result.Cell == id);
            var path = Path.GetFullPath(parsed.GetValue(output) ?? id.Replace('/', '_') + ".zip");
            var bundle = CellBundle.Of(
                recorded, result, Scrubbing.OfThisMachine(recorded.Folder, RunChoice.Checkout()));
            using (var file = File.Create(path)) bundle.Write(file);
            var console = parsed.InvocationConfiguration;
            foreach (var entry in bundle.Entries)
                console.Output.WriteLine(SafeText.Of($"{entry.Name,-32} {entry.What}"));
            foreach (var left in bundle.LeftOut) console.Error.WriteLine(SafeText.Of($"not in it: {left}"));
            var next = bundle.Entries is [{ Name: CellBundle.IssueName }, ..]
                ? $"; paste {CellBundle.IssueName}, and attach the archive" : "";
            console.Error.WriteLine(SafeText.Of(
                $"{RunAction.Shown(path)}: {bundle.Entries.Count} files of {recorded.Name}, no private key among them"
                    + next));
            return ExitStatus.Green;
        });
        return command;
    }

    private static RecordedRun Find(string id, string? run, EarlierRuns runs)
    {
        if (run is not null) return With(id, RecordedRun.Load(runs.Find(run)));
        RecordedRun? latest = null;
        foreach (var entry in runs.Entries.Reverse())
        {
            var recorded = RecordedRun.Load(entry.Folder);
            if (recorded.Results.Any(result => result.Cell == id)) return recorded;
            latest ??= recorded;
        }
        return With(id, latest ?? RecordedRun.Load(runs.Find(EarlierRuns.Latest)));
    }

    private static RecordedRun With(string id, RecordedRun run)
    {
        if (run.Results.Any(result => result.Cell == id)) return run;
        var near = id.Length > CellId.MaxLength
            ? []
            : NearMatch.Closest(id, run.Results.Select(result => result.Cell), NearMatches);
        throw new UsageException($"--cell {id}: {run.Name} has no result of it"
            + (near.Count > 0 ? $". Nearest:\n  {string.Join("\n  ", near)}" : ""));
    }

    // The cells of the youngest run: what somebody wants to send was just seen.
    private static IEnumerable<string> Cells() => RunChoice.In(null).Entries is [.., var latest]
        ? Journal.Read(Path.Combine(latest.Folder, RunFolder.JournalName)).Results.Select(result => result.Cell)
        : [];
}
