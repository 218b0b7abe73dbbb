using System.CommandLine;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary><c>list</c>: the ids of a matrix. Nothing is started or probed.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var matrix = MatrixChoice.Matrix();
        var filter = MatrixChoice.Filter();
        var skipped = new Option<bool>("--skipped")
        {
            Description = "The cells that the matrix leaves out instead, each with its reason",
        };
        var command = new DocumentedCommand(
            "list",
            "Lists the cells of a matrix, one id a line; needs no container engine",
            new Example("list --filter 'exim@*/**'", "every cell with an Exim server"),
            new Example("list --skipped", "what the matrix leaves out, and why"))
        {
            matrix, filter, skipped,
        };
        command.SetAction(parsed => List(
            parsed.GetValue(matrix),
            [.. parsed.GetValue(filter)!.Select(Glob.Parse)],
            parsed.GetValue(skipped),
            parsed.InvocationConfiguration));
        return command;
    }

    private static int List(string? matrix, IReadOnlyList<Glob> filters, bool skipped, InvocationConfiguration console)
    {
        var repository = Repository.Find();
        var whole = MatrixPlan.Load(
            MatrixChoice.Find(matrix, repository), EndpointCatalogue.Load(repository.Containers));
        var plan = filters.Count > 0 ? whole.Filter(filters) : whole;
        if (plan.Planned == 0)
            throw new UsageException(MatrixChoice.NothingChosen(whole, filters.Select(glob => glob.Text)));
        if (skipped)
        {
            foreach (var left in plan.Skipped) console.Output.WriteLine($"{left.Cell.Id}\t{left.Reason}");
        }
        else
        {
            foreach (var cell in plan.Cells) console.Output.WriteLine(cell.Id);
        }
        console.Error.WriteLine(
            $"{plan.Name}: {plan.Planned} cells = {plan.Cells.Count} to run + {plan.Skipped.Count} left out by "
            + "the matrix; what endpoints turn out not to offer is skipped when it runs");
        return ExitStatus.Green;
    }
}
