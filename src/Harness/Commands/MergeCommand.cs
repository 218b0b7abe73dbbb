using System.CommandLine;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary><c>merge</c>: the shards of a plan as one run.</summary>
internal sealed class MergeCommand
{
    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "The shards' folders, or folders that hold them",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "The plan that they must be of. Without it: that of the first", HelpName = "FILE",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "The folder of the run that they become. Without it: a new one in runs/", HelpName = "FOLDER",
    };

    private readonly Option<Gate> _gate = RunCommand.GateOption();

    public static Command Create()
    {
        var merge = new MergeCommand();
        var command = new DocumentedCommand(
            "merge",
            "Joins the shards of a plan, proves that every planned cell is there exactly once, and reports as 'run' "
                + "does",
            new Example("merge shards/", "all runs in a folder, as CI has collected them", NeedsEngine: true),
            new Example("merge shards/ --plan plan.json --gate required --output runs/night",
                "red only if a shard is missing, or a cell of matrices/required.txt is not as it must be",
                NeedsEngine: true))
        {
            merge._runs, merge._plan, merge._output, merge._gate,
        };
        command.SetAction(merge.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var repository = Repository.Find();
        var screen = RunScreen.Of(parsed.InvocationConfiguration.Output, quiet: true);
        var (runs, unread) = (new List<RecordedRun>(), new List<string>());
        foreach (var place in parsed.GetValue(_runs)!.SelectMany(FoldersOf).Distinct())
        {
            try
            {
                runs.Add(RecordedRun.Load(place));
            }
            catch (Exception broken)
                when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // A machine that was lost before its first cell: the others are to be seen all the same.
                unread.Add($"{RunAction.Shown(place)} is left out: {broken.Message}");
            }
        }
        var plan = parsed.GetValue(_plan) is { } file ? PlanFile.Read(file) : null;
        var merge = ShardMerge.Of(runs, plan, unread);
        using var created = parsed.GetValue(_output) is null
            ? RunFolder.Create(repository.Runs, DateTimeOffset.UtcNow)
            : null;
        var folder = created?.Path ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetValue(_output)!));
        if (File.Exists(Path.Combine(folder, RunFolder.JournalName)))
            throw new UsageException($"--output {folder}: a run lies there already; name another folder, or remove it");
        var merged = merge.Write(folder, DateTimeOffset.UtcNow);
        var report = ReportOf(merged, merge, parsed.GetValue(_gate), repository);
        ReportLine[] header = [new([new("merge".PadRight(11), Tone.Strong),
            $"{Plural.Of(merge.Parts.Count, "shard")} of {report.Plan.Name} {merge.Plan.Digest}, "
                + $"{report.Results.Count} of {report.Plan.Cells.Count} cells"])];
        screen.Write(header);
        foreach (var fault in merge.Faults) screen.Write(new ReportLine([new("MERGE  ", Tone.Bad), fault]));
        // What expires soon is told with the report.
        foreach (var warning in merged.End!.Warnings.Except(report.Warnings.Select(warning => warning.ToString())))
            screen.Write(new ReportLine([new("WARNING  ", Tone.Warning), warning]));
        screen.Write(ReportLine.Empty);
        RunReportFile.Write(report, header, folder);
        if (report.Results.Count > 0)
            report = report with
            {
                Page = RunAction.Shown(await RunPages.WriteAsync(folder, report.Results, cancellationToken)),
            };
        screen.Write(RunReportText.Lines(report, screen.Width, RunReportText.RedsOnScreen));
        return report.IsGreen && merge.Faults.Count == 0 ? ExitStatus.Green : ExitStatus.Red;
    }

    private static RunReport ReportOf(RecordedRun merged, ShardMerge merge, Gate gate, Repository repository)
    {
        var cases = Cases.ReportedCases.Load(repository.Cases);
        var plan = cases.Named(merge.Plan.ToPlan());
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var known = KnownFailures.Load(repository.KnownFailures).Beside(cases.Failures);
        return new()
        {
            Plan = plan,
            Results = merged.Results,
            Folder = RunAction.Shown(merged.Folder),
            Snapshots = RunAction.Shown(Path.Combine(repository.Root, merged.Header!.Snapshots)),
            Again = merged.Header.Again,
            Dropped = merged.End!.Dropped,
            Interruption = merged.End.Interruption
                ?? (merged.Missing.Count > 0 ? "a shard is missing or was cut short" : null),
            Problems = merge.Plan.Chosen.Count > 0 ? [] : known.Check(
                repository.PlansBeside(Path.Combine(repository.Root, merge.Plan.File), repository.Catalogue())
                    .Prepend(plan), today),
            Warnings = known.Expiring(today),
            Required = RunAction.RequiredOf(plan, gate, isPart: merge.Plan.Chosen.Count > 0, repository),
        };
    }

    // CI lays each shard's folder into one of its own.
    private static IEnumerable<string> FoldersOf(string path)
    {
        if (File.Exists(path)) throw new UsageException($"{path}: it is a file; name the folder of a run, or of runs");
        if (!Directory.Exists(path)) throw new UsageException($"{path}: there is no such folder");
        if (File.Exists(Path.Combine(path, RunFolder.JournalName)))
            return [Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))];
        var found = RunsBelow(new DirectoryInfo(path)).Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : throw new UsageException(
            $"{path}: no folder in it has a {RunFolder.JournalName}: there is no run");
    }

    // What lies in a run is its endpoints', who call files as they like.
    private static IEnumerable<string> RunsBelow(DirectoryInfo folder) =>
        folder.EnumerateFiles(RunFolder.JournalName, RunFolder.OwnOnly).Any() ? [folder.FullName]
            : folder.EnumerateDirectories("*", RunFolder.OwnOnly).SelectMany(RunsBelow);
}
