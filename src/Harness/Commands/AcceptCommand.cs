using System.CommandLine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Harness.Commands;

/// <summary><c>accept</c>: makes received snapshots the verified ones.</summary>
internal static class AcceptCommand
{
    public static Command Create()
    {
        var matrix = MatrixChoice.Matrix();
        var filter = MatrixChoice.Filter();
        var stale = new Option<bool>("--stale")
        {
            Description = "Instead: list the verified snapshots whose cell is no longer in the matrix",
        };
        var remove = new Option<bool>("--remove") { Description = "With --stale: remove them" };
        var snapshots = new Option<string?>("--snapshots")
        {
            Description = "Root of the snapshots. Without it: tests/Interop/Snapshots",
            HelpName = "FOLDER",
        };
        var command = new DocumentedCommand(
            "accept",
            "Accepts the received snapshots of the last run: look at the differences first (git diff shows them after)",
            new Example("accept --filter 'exim@trixie/**'", "the snapshots of the cells with that server"),
            new Example("accept --stale", "verified snapshots that no cell of the matrix has any more"))
        {
            matrix, filter, stale, remove, snapshots,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(remove) && !result.GetValue(stale)) result.AddError("--remove belongs to --stale");
        });
        command.SetAction(parsed =>
        {
            var repository = Repository.Find();
            var plan = repository.Plan(
                MatrixChoice.Find(parsed.GetValue(matrix), repository), repository.Catalogue());
            var globs = parsed.GetValue(filter)!.Select(Glob.Parse).ToList();
            bool IsChosen(string name) => globs.Count == 0 || globs.Exists(glob => glob.IsMatch(name));
            var root = repository.SnapshotsOf(plan, parsed.GetValue(snapshots));
            return parsed.GetValue(stale)
                ? Stale(root, plan, IsChosen, parsed.GetValue(remove), parsed.InvocationConfiguration)
                : Accept(root, plan, IsChosen, parsed.InvocationConfiguration);
        });
        return command;
    }

    private static int Accept(
        string root, MatrixPlan plan, Func<string, bool> isChosen, InvocationConfiguration console)
    {
        var store = new SnapshotStore(root);
        var waiting = store.Received();
        // The store's own patterns are another language than the ids' globs: names are given to it one by one.
        var accepted = waiting.Where(isChosen).SelectMany(name => store.Accept(name)).ToList();
        foreach (var name in accepted) console.Output.WriteLine($"accepted  {name}");
        if (accepted.Count > 0)
        {
            console.Error.WriteLine(
                $"{accepted.Count} accepted, {waiting.Count - accepted.Count} still waiting in {Shown(root)}; "
                + $"commit them: git add {Shown(root)}");
        }
        else if (waiting.Count > 0)
        {
            console.Error.WriteLine(
                $"Nothing matches; {waiting.Count} received snapshots wait, the first is\n  {waiting[0]}");
        }
        else
        {
            console.Error.WriteLine(
                $"Nothing is waiting in {Shown(root)}. A run writes NAME.received.txt there for each cell whose "
                + "handshake differs from its snapshot or has none yet: "
                + $"'./interop run{(plan.Name == "smoke" ? "" : " " + plan.Name)}' first.");
        }
        return ExitStatus.Green;
    }

    private static int Stale(
        string root, MatrixPlan plan, Func<string, bool> isChosen, bool remove, InvocationConfiguration console)
    {
        var planned = plan.Cells.Concat(plan.Skipped.Select(skipped => skipped.Cell))
            .Select(cell => plan.SnapshotName(cell.Id));
        var stale = new SnapshotStore(root).Stale(planned).Where(isChosen).ToList();
        foreach (var name in stale)
        {
            if (remove) File.Delete(Path.Combine(root, name + ".verified.txt"));
            console.Output.WriteLine(remove ? $"removed  {name}" : name);
        }
        if (stale.Count == 0) console.Error.WriteLine($"Every snapshot in {Shown(root)} has its cell.");
        else if (!remove) console.Error.WriteLine($"{stale.Count} without a cell; --remove removes them");
        return stale.Count == 0 || remove ? ExitStatus.Green : ExitStatus.Red;
    }

    private static string Shown(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
