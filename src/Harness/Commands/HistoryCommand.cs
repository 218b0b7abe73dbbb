using System.CommandLine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports.History;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary><c>history</c>: what became of each cell, run by run.</summary>
internal static class HistoryCommand
{
    private const int UsualRuns = 10;

    public static Command Create()
    {
        var parent = new Argument<string?>("FOLDER")
        {
            Description = "The folder that runs are in. Without it: runs/ of the checkout",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var runs = RunChoice.Parent();
        var matrix = new Option<string?>("--matrix")
        {
            Description = "Runs of this matrix. Without it: that of the latest run", HelpName = "NAME",
        };
        var last = new Option<int?>("--last")
        {
            Description = $"So many runs, the youngest. Without it: {UsualRuns}", HelpName = "N",
        };
        RunCommand.Above(last, 0);
        var filter = MatrixChoice.Filter();
        var all = new Option<bool>("--all") { Description = "Also cells that are neither red nor lost nor flaky" };
        var format = new Option<string>("--format")
        {
            Description = "text, json or csv", HelpName = "FORMAT", DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "csv");
        var command = new DocumentedCommand(
            "history",
            "Tells what became of each cell in the last runs of a matrix: since when it is red, and which ones change "
                + "though nothing else does",
            new Example("history", "cells that are red, lost or flaky, in the last ten runs"),
            new Example(
                "history --last 30 --all --format csv", "every cell of the last thirty runs, for a spreadsheet"))
        {
            parent, runs, matrix, last, filter, all, format,
        };
        command.SetAction(parsed =>
        {
            var recorded = RunChoice.In(parsed.GetValue(parent) ?? parsed.GetValue(runs));
            var place = RunChoice.ParentOf(parsed.GetValue(parent) ?? parsed.GetValue(runs));
            var chosen = Chosen(recorded, parsed.GetValue(matrix), place)
                .TakeLast(parsed.GetValue(last) ?? UsualRuns).ToList();
            var filters = parsed.GetValue(filter)!.Select(Glob.Parse).ToList();
            var history = RunHistory.Read(chosen, filters);
            if (filters.Count > 0 && !history.Cells.Any()) throw new UsageException(Nothing(chosen[^1], filters));
            Write(history, parsed.GetValue(all), parsed.GetValue(format)!, parsed.InvocationConfiguration);
            return ExitStatus.Green;
        });
        return command;
    }

    private static List<RunEntry> Chosen(EarlierRuns runs, string? matrix, string place)
    {
        if (runs.Entries is not [.., var latest])
            throw new UsageException(
                $"{place}: {(Directory.Exists(place) ? "there is no run in it" : "there is no such folder")}\n"
                    + $"  remedy: '{CommandTree.Program} run' makes one; name the folder that has them");
        var name = matrix ?? latest.Matrix;
        var chosen = runs.Entries.Where(entry => entry.Matrix == name).ToList();
        return chosen.Count > 0 ? chosen : throw new UsageException(
            $"--matrix: {NearMatch.Unknown("matrix", name, runs.Entries.Select(entry => entry.Matrix))}");
    }

    private static void Write(RunHistory history, bool all, string format, InvocationConfiguration console)
    {
        var known = history.Cells.ToList();
        var cells = known.Where(cell => all || cell.IsNews).ToList();
        var total = known.Count;
        switch (format)
        {
            case "json":
                console.Output.Write(HistoryText.ToJson(history, cells));
                break;
            case "csv":
                console.Output.Write(HistoryText.ToCsv(cells));
                break;
            default:
                RunScreen.Of(console.Output, quiet: true).Write(HistoryText.Lines(history, cells));
                break;
        }
        console.Error.WriteLine(
            $"{Plural.Of(total, "cell")}: {cells.Count(cell => cell.IsRed)} red, "
                + $"{cells.Count(cell => cell.IsFlaky)} flaky, {cells.Count(cell => cell.IsLost)} not run"
                + (all || cells.Count == total ? ""
                    : total - cells.Count == 1 ? "; --all shows the other one"
                    : $"; --all shows the {total - cells.Count} others"));
    }

    // The words of a pattern that no cell has are found among the cells of the youngest run.
    private static string Nothing(RunEntry youngest, IEnumerable<Glob> filters)
    {
        var run = RecordedRun.Load(youngest.Folder);
        var cells = run.Results.Select(result => result.Cell).Concat(run.Missing)
            .Select(id => CellId.TryParse(id, out var cell, out _) ? cell : null).OfType<Cell>();
        return MatrixChoice.NothingChosen(
            new MatrixPlan(run.Matrix, "", [.. cells], []), filters.Select(glob => glob.Text),
            $"'{CommandTree.Program} history --all' shows all {{0}} ids.");
    }
}
