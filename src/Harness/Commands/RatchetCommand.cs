using System.CommandLine;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary><c>ratchet</c>: what was green often enough must stay green.</summary>
internal sealed class RatchetCommand
{
    private readonly Argument<string?> _matrix = MatrixChoice.Matrix();

    private readonly Option<string?> _runs = new("--runs")
    {
        Description = "Where the runs are. Without it: runs/", HelpName = "FOLDER",
    };

    private readonly Option<int> _last = new("--last")
    {
        Description = "Runs in which a cell must have been green, the newest whole ones. Without it: 5",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<bool> _dry = new("--dry-run")
    {
        Description = "Tells what would be added, and adds nothing",
    };

    private RatchetCommand() => _last.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 1)
            result.AddError($"--last {token.Value}: Expected: 1 or more");
    });

    public static Command Create()
    {
        var ratchet = new RatchetCommand();
        var command = new DocumentedCommand(
            "ratchet",
            "Adds the cells that were green in the last runs to matrices/required.txt; it never takes one away",
            new Example("ratchet smoke --dry-run --last 1", "what it would add", NeedsEngine: true),
            new Example("ratchet nightly --last 7 --runs history/", "after a week of nights", NeedsEngine: true))
        {
            ratchet._matrix, ratchet._runs, ratchet._last, ratchet._dry,
        };
        command.SetAction(ratchet.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var repository = Repository.Find();
        var output = parsed.InvocationConfiguration.Output;
        var catalogue = repository.Catalogue();
        var plan = repository.Plan(MatrixChoice.Find(parsed.GetValue(_matrix), repository), catalogue);
        var (last, folder) = (parsed.GetValue(_last), parsed.GetValue(_runs) ?? repository.Runs);
        var runs = Whole(folder, plan.Name).Take(last).ToList();
        if (runs.Count < last) throw new UsageException(TooFew(runs.Count, last, folder, plan.Name));
        var required = RequiredCells.Load(repository.Required);
        var before = required.Of(plan.Name).Count;
        var planned = plan.Cells.Select(cell => cell.Id).ToHashSet(StringComparer.Ordinal);
        // A cell of an older matrix can't stay green, and an id that is none would break the list.
        var added = Ratchet.Green(runs).Where(planned.Contains).Where(required.Of(plan.Name).Add).ToList();
        foreach (var id in added) output.WriteLine($"+ {id}");
        foreach (var gone in required.Of(plan.Name).Where(id => !planned.Contains(id)))
            output.WriteLine($"! {gone}: required, and '{plan.Name}' does not plan it any more; "
                + "a person may take the line away, and say why");
        if (!parsed.GetValue(_dry) && added.Count > 0) required.Write(repository.Required);
        output.WriteLine($"{plan.Name}: {before} were required, {added.Count} "
            + $"{(parsed.GetValue(_dry) ? "would be" : "are")} added: green in "
            + (runs.Count == 1 ? runs[0].Name : $"{runs.Count} runs, {runs[^1].Name} to {runs[0].Name}"));
        return ExitStatus.Green;
    }

    private static string TooFew(int count, int asked, string folder, string matrix)
    {
        var place = RunAction.Shown(Path.GetFullPath(folder));
        if (!Directory.Exists(folder)) return $"--runs {place}: there is no such folder";
        var run = $"{CommandTree.Program} run {matrix}";
        return count == 0
            ? $"{place} has no whole run of '{matrix}': one that came to its end with a result of every cell\n"
                + $"  remedy: '{run}' makes one; --runs names another folder"
            : $"{place} has {Plural.Of(count, "whole run")} of '{matrix}', and {asked} are asked for\n"
                + $"  remedy: '{run}' more often, or say --last {count}";
    }

    private static IEnumerable<RecordedRun> Whole(string folder, string matrix) =>
        new EarlierRuns(folder).OfAll(matrix).Select(entry => RecordedRun.Load(entry.Folder)).Where(run => run.IsWhole);
}
