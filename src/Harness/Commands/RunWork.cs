using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Commands;

/// <summary>What a run has to do.</summary>
/// <param name="Plan">The cells that it answers for.</param>
/// <param name="Done">Results that are there already: of the time before, or of another run.</param>
/// <param name="Left">The cells to run.</param>
internal sealed record RunWork(MatrixPlan Plan, IReadOnlyList<CellResult> Done, IReadOnlyList<Cell> Left)
{
    /// <summary>What there is to say of results that are not of this time; null if nothing.</summary>
    public string? Remark { get; private init; }

    /// <summary>
    /// Finds out what is left of a plan, and writes down what will be run: <c>plan.json</c> and the journal's header.
    /// </summary>
    /// <param name="arguments">What was asked for.</param>
    /// <param name="session">Where it runs.</param>
    /// <param name="plan">The plan as its endpoints allow it, of all shards if nobody has divided it yet.</param>
    /// <param name="now">When it begins.</param>
    public static async Task<RunWork> OfAsync(
        RunArguments arguments, IRunSession session, MatrixPlan plan, DateTimeOffset now)
    {
        var repository = arguments.Options.Repository;
        var shard = arguments.Shard;
        var before = arguments.Options.Resumed is { } resumed ? RecordedRun.Load(resumed) : null;
        PlanFile file;
        if (arguments.Planned is { } planned)
        {
            file = planned.Without(plan, shard?.Number ?? 1, before?.Results.Select(result => result.Cell));
            plan = file.ToPlan(shard?.Number ?? 0).WithSnapshots(plan.SnapshotName);
        }
        else
        {
            file = PlanFile.Of(plan, Path.GetRelativePath(repository.Root, Path.GetFullPath(arguments.Matrix))) with
            {
                Chosen = [.. arguments.Chosen.Select(glob => glob.Text)],
            };
            if (shard is { } part)
            {
                file = file.InShards(part.Of, new CellTimes([]));
                plan = file.ToPlan(part.Number).WithSnapshots(plan.SnapshotName);
            }
        }
        var header = new JournalHeader
        {
            Run = Path.GetFileName(Path.TrimEndingDirectorySeparator(session.Folder.Path)),
            Matrix = file.Matrix,
            Plan = file.Digest,
            Shard = shard?.ToString(),
            Chosen = file.Chosen,
            Started = now,
            Harness = HarnessDigest.Of(repository, plan, arguments.Options.SnapshotsFolder),
            Engine = session.Engine,
            Again = arguments.Again,
            Snapshots = Path.GetRelativePath(
                repository.Root, repository.SnapshotsOf(plan, arguments.Options.SnapshotsFolder)).Replace('\\', '/'),
            Endpoints = await session.EndpointsOfAsync(plan.Cells, CancellationToken.None),
        };
        var (reusable, whyNot) = arguments.ChangedOnly ? Reusable(arguments, session, header) : (null, null);
        file.Write(session.Folder.Plan);
        session.Begin(header);

        var done = (before?.Results ?? []).ToDictionary(result => result.Cell, StringComparer.Ordinal);
        foreach (var cell in plan.Cells.Where(cell => !done.ContainsKey(cell.Id)))
        {
            if (reusable?.Of(cell) is not { } result) continue;
            session.Keep(result);
            done[cell.Id] = result;
        }
        var kept = plan.Cells.Where(cell => done.ContainsKey(cell.Id)).Select(cell => done[cell.Id]).ToList();
        return new(plan, kept, [.. plan.Cells.Where(cell => !done.ContainsKey(cell.Id))])
        {
            Remark = whyNot is not null ? $"nothing is taken over: {whyNot}" : ChangedSince(before?.Header, header),
        };
    }

    /// <summary>All results in the order of the plan.</summary>
    /// <param name="written">What the journal has, of this time and of those before.</param>
    public IReadOnlyList<CellResult> With(IReadOnlyList<CellResult> written)
    {
        var done = Done.Select(result => result.Cell).ToHashSet(StringComparer.Ordinal);
        var places = Plan.Cells.Select((cell, at) => (cell.Id, at)).ToDictionary(StringComparer.Ordinal);
        // One that no plan has, or a second one, is a fault of the harness, and is not to be hidden.
        return
        [
            .. Done.Concat(written.Where(result => !done.Contains(result.Cell)))
                .OrderBy(result => places.GetValueOrDefault(result.Cell, int.MaxValue)),
        ];
    }

    private static string? ChangedSince(JournalHeader? then, JournalHeader now)
    {
        if (then is null) return null;
        var known = then.Endpoints.ToDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);
        var changed = now.Endpoints.Where(endpoint => known.TryGetValue(endpoint.Name, out var old) && old != endpoint)
            .Select(endpoint => endpoint.Name).ToList();
        if (then.Harness != now.Harness) changed.Insert(0, "the harness or what steers it");
        return changed.Count == 0 ? null
            : $"since it began, {string.Join(", ", changed)} changed: what is done already is of before";
    }

    private static (ReusableResults? Results, string? Why) Reusable(
        RunArguments arguments, IRunSession session, JournalHeader header)
    {
        var earlier = arguments.Since is { } since
            ? RecordedRun.Load(since)
            : new EarlierRuns(Path.GetDirectoryName(session.Folder.Path)!)
                .OfAll(header.Matrix).FirstOrDefault() is { } last
                ? RecordedRun.Load(last.Folder)
                : null;
        if (earlier is null) return (null, $"there is no earlier run of '{header.Matrix}' beside this one");
        var results = new ReusableResults(earlier, header);
        return (results, results.WhyNone);
    }
}
