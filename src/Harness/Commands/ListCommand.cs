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
        var count = new Option<bool>("--count")
        {
            Description = "How many cells each endpoint and block has, and what they meet, instead of the ids",
        };
        var why = new Option<string?>("--why")
        {
            Description = "Why a cell is in the matrix, or what keeps it out",
            HelpName = "CELL",
        };
        var command = new DocumentedCommand(
            "list",
            "Lists the cells of a matrix, one id a line; needs no container engine",
            new Example("list --filter 'exim@*/**'", "every cell with an Exim server"),
            new Example("list --skipped", "what the matrix leaves out, and why"),
            new Example("list --count", "how many there are, and which combinations they meet"),
            new Example(
                "list --why exim@trixie/curl@trixie/smtps/tls1.3-AES_128_GCM_SHA256-x25519",
                "why that one runs or not"))
        {
            matrix, filter, skipped, count, why,
        };
        command.Validators.Add(result =>
        {
            // Whether an option is there, not what it says: one that lacks its argument has no value.
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            if (Has(skipped) && Has(count)) result.AddError("--skipped or --count, not both");
            if (Has(why) && (Has(skipped) || Has(count) || Has(filter)))
                result.AddError("--why stands alone: it is about one cell");
        });
        command.SetAction(parsed =>
        {
            var repository = Repository.Find();
            var catalogue = repository.Catalogue();
            var plan = repository.Plan(MatrixChoice.Find(parsed.GetValue(matrix), repository), catalogue);
            var console = parsed.InvocationConfiguration;
            return parsed.GetValue(why) is { } id ? Why(plan, id, catalogue, console)
                : List(plan, [.. parsed.GetValue(filter)!.Select(Glob.Parse)],
                    parsed.GetValue(skipped), parsed.GetValue(count), console);
        });
        return command;
    }

    private static int Why(MatrixPlan plan, string id, EndpointCatalogue catalogue, InvocationConfiguration console)
    {
        if (!CellId.TryParse(id, out var cell, out var problem)) throw new UsageException($"--why {id}: {problem}");
        foreach (var end in new[] { cell.Server, cell.Client }) EndpointsCommand.Find(end.ToString(), catalogue);
        if (!catalogue.Scenarios.ContainsKey(cell.Scenario))
            throw new UsageException(NearMatch.Unknown("scenario", cell.Scenario, catalogue.Scenarios.Keys));
        var places = plan.Why(cell);
        console.Output.WriteLine(
            places.Any(place => place.Runs) ? $"{plan.Name} has planned {id}" : $"{plan.Name} has not planned {id}");
        foreach (var place in places.OrderByDescending(place => place.Runs))
            console.Output.WriteLine($"  {(place.Runs ? "yes" : "no "),-4} {place.Block}: {place.Reason}");
        return ExitStatus.Green;
    }

    private static int List(
        MatrixPlan whole, IReadOnlyList<Glob> filters, bool skipped, bool count, InvocationConfiguration console)
    {
        var plan = filters.Count > 0 ? whole.Filter(filters) : whole;
        if (plan.Planned == 0)
            throw new UsageException(MatrixChoice.NothingChosen(whole, filters.Select(glob => glob.Text)));
        if (count)
        {
            Count(plan, filters.Count == 0 ? whole.Coverage : [], console.Output);
        }
        else if (skipped)
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

    private static void Count(MatrixPlan plan, IReadOnlyList<BlockCoverage> coverage, TextWriter output)
    {
        foreach (var axis in new[] { Axis.Server, Axis.Client, Axis.Scenario, Axis.Version })
        {
            var counts = plan.Cells.CountBy(cell => axis.Of(cell)!);
            foreach (var value in counts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                output.WriteLine($"{axis,-10} {value.Key,-24} {value.Value,6} cells");
        }
        foreach (var block in coverage)
        {
            output.WriteLine(
                $"block      {block.Block}: {block.Cells} cells meet {block.Met} of {block.Possible} combinations "
                + $"of any {block.Strength} values");
        }
    }
}
