using System.CommandLine;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary><c>compare</c>: what changed from one run to another.</summary>
internal static class CompareCommand
{
    // A screen holds some; who wants them all says so.
    private const int ShownOfAKind = 12;

    private static readonly Dictionary<string, Func<RunComparison, string>> Formats = new()
    {
        ["markdown"] = ComparisonMarkdown.Of,
        ["json"] = comparison => ComparisonJson.Of(comparison) + "\n",
    };

    public static Command Create()
    {
        var runs = RunChoice.Arguments(
            "The earlier and the later run: folders, their results.jsonl, names of folders in runs/, 'latest' or "
                + $"'previous'. One alone is compared with {RunChoice.EarlierRule}. Without any: the latest",
            most: 2);
        var parent = RunChoice.Parent();
        var format = new Option<string>("--format")
        {
            Description = "text, markdown or json", HelpName = "FORMAT", DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong([.. Formats.Keys.Prepend("text")]);
        var all = new Option<bool>("--all")
        {
            Description = $"In text every cell that changed, instead of {ShownOfAKind} of each kind",
        };
        var command = new DocumentedCommand(
            "compare",
            "Tells what changed from one run to another: what is red that was not, what is green again, where a "
                + "handshake is another one",
            new Example("compare", "the latest run with the one of its matrix before it"),
            new Example("compare previous latest --format markdown", "the same, for a comment on a pull request"))
        {
            runs, parent, format, all,
        };
        command.Statuses =
        [
            (ExitStatus.Green, "nothing is worse than it was"),
            (ExitStatus.Red, "a cell that was not red is red now, or was to run and has no result"),
            (ExitStatus.Unusable, "one of the runs can't be read, or there is none to compare with"),
        ];
        command.SetAction(parsed =>
        {
            var comparison = Read(parsed.GetValue(runs)!, RunChoice.In(parsed.GetValue(parent)));
            var output = parsed.InvocationConfiguration.Output;
            if (Formats.TryGetValue(parsed.GetValue(format)!, out var write))
                output.Write(write(comparison));
            else
                RunScreen.Of(output, quiet: true)
                    .Write(ComparisonText.Lines(comparison, parsed.GetValue(all) ? int.MaxValue : ShownOfAKind));
            return comparison.Regressions.Any() ? ExitStatus.Red : ExitStatus.Green;
        });
        return command;
    }

    private static RunComparison Read(string[] words, EarlierRuns runs)
    {
        var last = RecordedRun.Load(runs.Find(words is [.., var word] ? word : EarlierRuns.Latest));
        return RunChoice.Compared(last, words is [var first, _] ? first : null, runs)
            ?? throw new UsageException(
                $"{last.Name}: there is no earlier run of '{last.Matrix}' to compare it with\n"
                    + "  remedy: name both, 'compare EARLIER LATER'");
    }
}
