using System.CommandLine;
using System.Text.Json;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary><c>plan</c>: the cells of a matrix, divided into shards of equal expected time.</summary>
internal sealed class PlanCommand
{
    private readonly Argument<string?> _matrix = MatrixChoice.Matrix();
    private readonly Option<string[]> _filter = MatrixChoice.Filter();

    private readonly Option<int> _shards = new("--shards")
    {
        Description = $"How many machines shall run it, {Shard.Most} at most. Without it: 1",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _times = RunChoice.Option(
        "--times", "A run that tells how long cells take. Without it: the last one of the matrix in runs/");

    private readonly Option<string> _output = new("--output")
    {
        Description = "Where the plan is written. Without it: plan.json",
        HelpName = "FILE",
        DefaultValueFactory = _ => PlanFile.Name,
    };

    private readonly Option<bool> _declared = new("--declared")
    {
        Description = "As the matrix says, without an engine: what endpoints turn out to lack is skipped when it runs",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "What CI needs to start the shards, on standard output: {\"shards\":[\"1/2\",\"2/2\"],...}",
    };

    private PlanCommand() => _shards.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count is < 1 or > Shard.Most)
            result.AddError($"--shards {token.Value}: Expected: 1 to {Shard.Most}");
    });

    public static Command Create()
    {
        var plan = new PlanCommand();
        var command = new DocumentedCommand(
            "plan",
            "Writes down which cells a run shall have, in shards of equal expected time: 'run --plan' runs one of "
            + "them, 'merge' joins them",
            new Example("plan nightly --shards 8", "asks the endpoints what they offer, and writes plan.json",
                NeedsEngine: true),
            new Example("plan smoke --shards 2 --declared --output /dev/null", "how the shards would be, no engine"),
            new Example("plan nightly --shards 8 --times runs/20261122-021000-4711 --json",
                "balanced by the times of a run, and told to a program", NeedsEngine: true))
        {
            plan._matrix, plan._filter, plan._shards, plan._times, plan._output, plan._declared, plan._json,
        };
        command.Check = parsed =>
        {
            var repository = Repository.Find();
            plan.Refuse(parsed, repository, MatrixChoice.Find(parsed.GetValue(plan._matrix), repository));
        };
        command.SetAction(plan.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var repository = Repository.Find();
        var matrix = MatrixChoice.Find(parsed.GetValue(_matrix), repository);
        IReadOnlyList<Glob> filters = [.. parsed.GetValue(_filter)!.Select(Glob.Parse)];
        Refuse(parsed, repository, matrix);
        var plan = parsed.GetValue(_declared)
            ? Declared(repository, matrix, filters)
            : await AskedAsync(
                repository, matrix, filters, parsed.InvocationConfiguration.Error.WriteLine, cancellationToken);
        if (plan.Cells.Count == 0)
            throw new UsageException(
                $"{plan.Name}: none of the {Plural.Of(plan.Planned, "cell")} that are chosen can run\n"
                    + string.Join(
                        '\n', SkipReasons.Group(plan.Skipped).Select(row => $"  {row.Count} × {row.Reason}")));
        var earlier = parsed.GetValue(_times) is { } times
            ? RecordedRun.Load(new EarlierRuns(repository.Runs).Find(times))
            : new EarlierRuns(repository.Runs).OfAll(plan.Name).FirstOrDefault() is { } last
                ? RecordedRun.Load(last.Folder)
                : null;
        var expected = new CellTimes(earlier?.Results ?? []);
        var whole = PlanFile.Of(plan, Path.GetRelativePath(repository.Root, Path.GetFullPath(matrix)));
        var file = (whole with { Chosen = [.. filters.Select(glob => glob.Text)] })
            .InShards(parsed.GetValue(_shards), expected);
        file.Write(parsed.GetValue(_output)!);
        Tell(parsed, file, plan, expected, earlier);
        return ExitStatus.Green;
    }

    // Before anything is started: patterns that choose nothing, and places where nothing can be written.
    private void Refuse(ParseResult parsed, Repository repository, string matrix)
    {
        OutputPlace.Checked(_output.Name, parsed.GetValue(_output)!);
        if (parsed.GetValue(_filter)!.Select(Glob.Parse).ToList() is not { Count: > 0 } filters) return;
        var whole = repository.Plan(matrix, repository.Catalogue());
        if (whole.Filter(filters).Planned == 0)
            throw new UsageException(MatrixChoice.NothingChosen(whole, filters.Select(glob => glob.Text)));
    }

    private void Tell(ParseResult parsed, PlanFile file, MatrixPlan plan, CellTimes expected, RecordedRun? earlier)
    {
        var output = parsed.InvocationConfiguration.Output;
        var shards = Enumerable.Range(1, file.Shards).Select(number => new Shard(number, file.Shards)).ToList();
        if (parsed.GetValue(_json))
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                matrix = file.Matrix, digest = file.Digest, cells = file.Cells.Count, skipped = file.Skipped.Count,
                shards = shards.Select(shard => shard.ToString()),
            }));
            return;
        }
        output.WriteLine(
            $"{file.Matrix}: {Plural.Of(plan.Planned, "cell")} = {plan.Cells.Count} to run + "
            + $"{plan.Skipped.Count} skipped");
        output.WriteLine(earlier is null
            ? "times: no earlier run tells them; every cell is taken to be as long as any other"
            : $"times: of {earlier.Name}; {plan.Cells.Count(cell => !expected.IsKnown(cell))} of "
                + $"{Plural.Of(plan.Cells.Count, "cell")} are new and guessed from others like them");
        var ofShard = file.Cells.Zip(plan.Cells).ToLookup(pair => pair.First.Shard, pair => pair.Second);
        foreach (var shard in shards)
        {
            var cells = ofShard[shard.Number].ToList();
            var servers = cells.Select(cell => cell.Server).Distinct().Count();
            var time = TimeSpan.FromMilliseconds(cells.Sum(expected.Of));
            output.WriteLine(
                $"  {shard,-8} {cells.Count,6} {(cells.Count == 1 ? "cell " : "cells")}  {servers,4} "
                + $"{(servers == 1 ? "server " : "servers")}  {time.TotalMinutes,7:0.0} min "
                + "one after the other");
        }
        output.WriteLine($"plan: {parsed.GetValue(_output)}; a shard of it: "
            + $"{CommandTree.Program} run --plan {parsed.GetValue(_output)}"
            + (file.Shards > 1 ? $" --shard 1/{file.Shards}" : ""));
    }

    private static MatrixPlan Declared(Repository repository, string matrix, IReadOnlyList<Glob> filters)
    {
        var plan = repository.Plan(matrix, repository.Catalogue());
        return filters.Count > 0 ? plan.Filter(filters) : plan;
    }

    private static async Task<MatrixPlan> AskedAsync(
        Repository repository, string matrix, IReadOnlyList<Glob> filters, Action<string> say,
        CancellationToken cancellationToken)
    {
        // What is started to be asked has a folder as in a run, where an engine beside this machine sees it too;
        // nothing of it is to stay.
        var folder = Directory.CreateDirectory(Path.Combine(repository.Runs, $".plan-{Environment.ProcessId}"));
        try
        {
            await using var session = await RunSession.OpenAsync(
                new() { Repository = repository, RunsFolder = folder.FullName }, say, cancellationToken);
            return await session.PlanAsync(matrix, filters, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
