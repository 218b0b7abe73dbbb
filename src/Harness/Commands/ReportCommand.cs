using System.CommandLine;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Reports.Exports;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary><c>report</c>: a run for other programs, and for people who were not there.</summary>
internal static class ReportCommand
{
    private const string StandardOutputName = "-";

    public static Command Create()
    {
        var run = RunChoice.Arguments(
            "The run: a folder, its results.jsonl, the name of a folder in runs/, 'latest' or 'previous'. Without it: "
                + "the latest",
            most: 1);
        var parent = RunChoice.Parent();
        var format = new Option<string>("--format")
        {
            Description = string.Join(". ", ExportFormats.All.Select(row => $"{row.Name}: {row.What}")),
            HelpName = "FORMAT",
            DefaultValueFactory = _ => ExportFormats.All[0].Name,
        };
        format.AcceptOnlyFromAmong([.. ExportFormats.All.Select(row => row.Name)]);
        var output = new Option<string?>("--output")
        {
            Description = "Where to; '-' is standard output. Without it: into the run's folder, as "
                + string.Join(", ", ExportFormats.All.Select(row => row.DefaultName)),
            HelpName = "PATH",
        };
        var against = RunChoice.Option(
            "--against", "The earlier run that it is compared with. Without it: " + RunChoice.EarlierRule);
        against.Aliases.Add("--since");
        var command = new DocumentedCommand(
            "report",
            "Writes a run as people and other programs read it: as pages for a browser, or in another form",
            new Example("report", "the latest run as pages that open from disk: its folder's report/index.html"),
            new Example("report --format junit --output -", "the latest run for a CI that reads JUnit's XML"),
            new Example("report latest --format markdown", "a summary of a job, or a comment on a pull request"),
            new Example("report --format csv", "a row a cell, for a spreadsheet"))
        {
            run, parent, format, output, against,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var runs = RunChoice.In(parsed.GetValue(parent));
            var recorded = RecordedRun.Load(runs.Find(parsed.GetValue(run) is [var word] ? word : EarlierRuns.Latest));
            var comparison = RunChoice.Compared(recorded, parsed.GetValue(against), runs);
            var chosen = ExportFormats.All.First(row => row.Name == parsed.GetValue(format));
            var console = parsed.InvocationConfiguration;
            foreach (var problem in RunProblems.Of(recorded))
                console.Error.WriteLine(SafeText.Of($"{recorded.Name}: {problem}"));
            if (parsed.GetValue(output) == StandardOutputName)
            {
                if (chosen.ToText is null)
                    throw new UsageException($"--output -: {chosen.Name} is a folder, and needs one");
                chosen.ToText(recorded, comparison, console.Output);
                return ExitStatus.Green;
            }
            var path = parsed.GetValue(output) is { } place
                ? OutputPlace.Checked("--output", place, mayBeFolder: chosen.ToText is null)
                : Path.Combine(recorded.Folder, chosen.DefaultName);
            await chosen.WriteAsync(recorded, comparison, path, cancellationToken);
            console.Error.WriteLine(SafeText.Of(
                $"{chosen.Name} of {recorded.Name}: {RunAction.Shown(Path.GetFullPath(path))}"));
            return ExitStatus.Green;
        });
        return command;
    }
}
