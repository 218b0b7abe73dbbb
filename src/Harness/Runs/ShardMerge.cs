using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// The runs of a plan's shards as one: proves that every planned cell is there exactly once, and says of each what is
/// not.
/// </summary>
public sealed record ShardMerge
{
    private const string Shards = "shards";

    // Of many faults alike the first few tell enough.
    private const int Named = 10;

    private ShardMerge(PlanFile plan, IReadOnlyList<RecordedRun> parts, IReadOnlyList<string> faults) =>
        (Plan, Parts, Faults) = (plan, parts, faults);

    /// <summary>The plan of all of them.</summary>
    public PlanFile Plan { get; }

    /// <summary>The runs that are of this plan, one a shard, in their order.</summary>
    public IReadOnlyList<RecordedRun> Parts { get; }

    /// <summary>
    /// What is missing, doubled or foreign, a sentence each; none if every planned cell is there once.
    /// </summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>
    /// What differs between the shards, a sentence each: what changed since an earlier run may then be the harness'
    /// doing, and not the stack's.
    /// </summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            var headers = Parts.Select(part => part.Header!).ToList();
            if (headers.Select(header => header.Harness).Distinct().Count() > 1)
                yield return
                    "the shards were run by different builds of the harness, or with different lists beside it";
            foreach (var same in headers.SelectMany(header => header.Endpoints).GroupBy(endpoint => endpoint.Name)
                .Where(same => same.Distinct().Count() > 1))
                yield return $"{same.Key} is not the same in all shards ({Versions(same)})";
        }
    }

    /// <summary>Looks at runs.</summary>
    /// <param name="runs">The runs, in any order.</param>
    /// <param name="plan">The plan; null for that of the first run.</param>
    /// <param name="unread">What is known to be wrong already: folders that can't be read.</param>
    /// <exception cref="InvalidDataException">No run has a plan, or none is of the one that was given.</exception>
    public static ShardMerge Of(
        IReadOnlyList<RecordedRun> runs, PlanFile? plan = null, IReadOnlyList<string>? unread = null)
    {
        var faults = new List<string>(unread ?? []);
        foreach (var run in runs.Where(run => run.Plan is null || run.Header is null))
            faults.Add($"{run.Name} is left out: it does not tell its plan ({string.Join("; ", run.Problems)})");
        var told = runs.Where(run => run.Plan is not null && run.Header is not null).ToList();
        plan ??= told.FirstOrDefault()?.Plan
            ?? throw new InvalidDataException(string.Join('\n', faults.Prepend("there is no shard of any plan")));
        foreach (var run in told.Where(run => run.Plan!.Digest != plan.Digest))
            faults.Add($"{run.Name} is left out: it is a shard of another plan ({run.Plan!.Matrix} {run.Plan.Digest}, "
                + $"not {plan.Matrix} {plan.Digest})");
        var own = told.Where(run => run.Plan!.Digest == plan.Digest).ToList();
        if (own.Count == 0) throw new InvalidDataException(string.Join('\n', faults));
        var parts = new List<RecordedRun>();
        foreach (var same in own.GroupBy(NumberOf).OrderBy(group => group.Key))
        {
            // The one that got farther; each has its own network, and nothing can be taken from two of them.
            parts.Add(same.MaxBy(run => run.Results.Count)!);
            if (same.Count() > 1)
            {
                var left = same.Where(run => run != parts[^1]).Select(run => run.Folder);
                faults.Add($"shard {same.Key}/{plan.Shards} is there {same.Count()} times: "
                    + $"{parts[^1].Folder} is taken, {string.Join(", ", left)} is not");
            }
        }
        var taken = parts.Select(NumberOf).ToHashSet();
        foreach (var missing in Enumerable.Range(1, plan.Shards).Where(number => !taken.Contains(number)))
            faults.Add($"shard {missing}/{plan.Shards} is missing: "
                + $"{plan.Cells.Count(cell => cell.Shard == missing)} cells");
        foreach (var part in parts.Where(part => part.Missing.Count > 0))
            faults.Add($"{part.Name} lacks {part.Missing.Count} cells of its shard, as {part.Missing[0]}: "
                + "go on with it by 'run --resume', then merge again");
        foreach (var part in parts)
            faults.AddRange(part.Problems.Select(problem => $"{part.Name}: {problem}"));
        var joined = Join(plan, parts);
        foreach (var twice in parts.SelectMany(part => part.Results, (part, result) => (part, result.Cell))
            .GroupBy(row => row.Cell).Where(same => same.Count() > 1).Take(Named))
            faults.Add($"{twice.Key} ran {twice.Count()} times: "
                + $"in {string.Join(", ", twice.Select(row => row.part.Name))}");
        var digest = joined.DigestOf(plan.Shards);
        if (digest != plan.Digest && taken.Count == plan.Shards)
            faults.Add(
                $"the cells of the shards together are not those of the plan (digest {digest}, not {plan.Digest})");
        return new(joined, parts, faults);
    }

    /// <summary>Writes them as one run: plan, journal and evidence.</summary>
    /// <param name="folder">The folder of the run that they become; made if it is not there.</param>
    /// <param name="now">When they were joined.</param>
    /// <returns>The run as its folder tells it.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    public RecordedRun Write(string folder, DateTimeOffset now)
    {
        RunFolder.MakeOwned(folder);
        Plan.Write(Path.Combine(folder, PlanFile.Name));
        var file = Path.Combine(folder, RunFolder.JournalName);
        File.Delete(file);
        using (var journal = new Journal(file))
        {
            var lost = new List<string>();
            journal.Begin(HeaderOf(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))));
            foreach (var part in Parts)
            {
                var place = $"{Shards}/{NumberOf(part)}";
                lost.AddRange(CopyEvidence(part, Path.Combine(folder, place)));
                foreach (var result in part.Results)
                    journal.Append(result with
                    {
                        Evidence = result.Evidence is { } evidence ? $"{place}/{evidence}" : null,
                        ServerLog = result.ServerLog is { } log ? $"{place}/{log}" : null,
                    });
            }
            journal.Finish(EndOf(now, lost));
        }
        return RecordedRun.Load(folder);
    }

    // Each shard may have found out by itself that some of its cells can't run.
    private static PlanFile Join(PlanFile plan, IReadOnlyList<RecordedRun> parts)
    {
        var lost = parts.SelectMany(part => part.Plan!.Skipped.Where(left => left.Shard is not null))
            .DistinctBy(left => left.Cell).ToList();
        var gone = lost.Select(left => left.Cell).ToHashSet(StringComparer.Ordinal);
        var common = plan.Skipped.Where(left => left.Shard is null);
        // A plan that is taken from a shard lacks what that one found out.
        var cells = plan.Cells.Concat(parts.SelectMany(part => part.Plan!.Cells)).DistinctBy(cell => cell.Cell);
        return plan with
        {
            Cells = [.. cells.Where(cell => !gone.Contains(cell.Cell))], Skipped = [.. common, .. lost], Shards = 1,
        };
    }

    private JournalHeader HeaderOf(string name)
    {
        var headers = Parts.Select(part => part.Header!).ToList();
        return headers[0] with
        {
            Run = name,
            Shard = null,
            Started = headers.Min(header => header.Started),
            // Shards that differ in it can't be taken for one.
            Harness = string.Join('+', headers.Select(header => header.Harness).Distinct()),
            Endpoints =
            [
                .. headers.SelectMany(header => header.Endpoints).GroupBy(endpoint => endpoint.Name)
                    .OrderBy(same => same.Key, StringComparer.Ordinal)
                    .Select(same => same.Distinct().Count() == 1 ? same.First()
                        : same.First() with { Version = Versions(same), Digest = null }),
            ],
        };
    }

    private static string Versions(IEnumerable<JournalEndpoint> endpoints) =>
        string.Join(" | ", endpoints.Select(endpoint => endpoint.Version ?? "?").Distinct());

    private JournalEnd EndOf(DateTimeOffset now, IReadOnlyList<string> lost)
    {
        var ends = Parts.Select(part => part.End).OfType<JournalEnd>().ToList();
        var cut = Parts.Where(part => part.End is null).Select(part => $"{part.Name} did not end")
            .Concat(ends.Select(end => end.Interruption).OfType<string>()).ToList();
        return new(
            now, ends.Sum(end => end.Dropped), cut.Count > 0 ? string.Join("; ", cut) : null,
            [.. ends.SelectMany(end => end.Problems).Concat(Faults).Distinct()])
        {
            Warnings = [.. ends.SelectMany(end => end.Warnings).Concat(Warnings).Concat(lost).Distinct()],
        };
    }

    // What lies beside the cells is what their servers said, and whose they said to be. A killed run has its keys yet.
    private static IEnumerable<string> CopyEvidence(RecordedRun part, string to)
    {
        var files = Files(part.Folder, "shared", "*.pem")
            .Concat(Files(part.Folder, "cells", "*")).Concat(Files(part.Folder, "endpoints*", "*"))
            .Where(file => !KeyFile.IsOne(Path.GetFileName(file.AsSpan())));
        var lost = new List<string>();
        foreach (var file in files)
        {
            try
            {
                // A killed run leaves pipes, which nobody would ever write to; of them the length is 0.
                if (new FileInfo(file).Length == 0) continue;
                var target = Path.Combine(to, Path.GetRelativePath(part.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                var name = Path.GetRelativePath(part.Folder, file);
                lost.Add($"{part.Name}: {name} is not taken over: {refused.Message}");
            }
        }
        return lost.Count <= Named ? lost
            : lost.Take(Named).Append($"{part.Name}: {lost.Count - Named} more files are not taken over");
    }

    private static IEnumerable<string> Files(string run, string folders, string pattern) =>
        Directory.EnumerateDirectories(run, folders, RunFolder.OwnOnly)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, RunFolder.OwnBelow));

    private static int NumberOf(RecordedRun run) => Shard.TryParse(run.Header!.Shard, out var shard) ? shard.Number : 1;
}
