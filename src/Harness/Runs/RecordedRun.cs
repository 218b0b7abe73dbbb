using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>A run as its folder tells it, whether it came to its end or not.</summary>
public sealed record RecordedRun
{
    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the run.</summary>
    public string Name => Header?.Run ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>Name of the matrix; empty if nobody wrote it down.</summary>
    public string Matrix => Header?.Matrix ?? Plan?.Matrix ?? "";

    /// <summary>When it began; the time of its first cell where nobody wrote it down.</summary>
    public DateTimeOffset Started => Header?.Started
        ?? (Results.Count > 0 ? Results.Min(result => result.Started) : DateTimeOffset.MinValue);

    /// <summary>What it was run with; null in journals of before there were headers.</summary>
    public JournalHeader? Header { get; init; }

    /// <summary>What it was to run; null if nobody wrote it down.</summary>
    public PlanFile? Plan { get; init; }

    /// <summary>How it ended; null if it did not come to its end.</summary>
    public JournalEnd? End { get; init; }

    /// <summary>One result a cell, the last one, in the order of the plan.</summary>
    public required IReadOnlyList<CellResult> Results { get; init; }

    /// <summary>What is wrong with the folder, a sentence each; what else there is, is here.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The ids of cells that were to run and have no result. Of a shard: of its own.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>True if every cell of the matrix that was to run has a result, and the run ended by itself.</summary>
    public bool IsWhole => Plan is not null && Missing.Count == 0 && End is { Interruption: null } && IsOfAll;

    /// <summary>True if it was to run all of its matrix, as far as is known.</summary>
    public bool IsOfAll => Header is not { Shard: not null } and not { Chosen.Count: > 0 };

    /// <summary>Reads a run's folder, or its journal alone.</summary>
    /// <param name="path">The folder, or <c>results.jsonl</c>.</param>
    /// <exception cref="InvalidDataException">There is no journal, or nothing in it.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static RecordedRun Load(string path) => Load(path, new StringPool());

    /// <summary>The same with texts of a pool, and its results where it has them.</summary>
    internal static RecordedRun Load(string path, StringPool pool)
    {
        var folder = Path.TrimEndingDirectorySeparator(
            File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : Path.GetFullPath(path));
        var journal = File.Exists(path) ? path : Path.Combine(path, RunFolder.JournalName);
        if (!File.Exists(journal))
            throw new InvalidDataException(Directory.Exists(path)
                ? $"{path}: there is no {RunFolder.JournalName} in it: it is no folder of a run"
                : $"{path}: there is no such folder");
        var reading = Journal.Read(journal, pool);
        var problems = reading.Problems.Select(problem => $"{RunFolder.JournalName}: {problem}").ToList();
        if (reading is { Headers.Count: 0, Results.Count: 0 })
            throw new InvalidDataException($"{journal}: there is no result in it{Because(problems)}");
        var header = HeaderOf(reading.Headers);
        var plan = PlanOf(folder, problems) is { } read ? pool.Of(read) : null;
        var results = reading.Results.GroupBy(result => result.Cell)
            .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
        if (reading.Results.Count > results.Count)
            problems.Add($"{reading.Results.Count - results.Count} results are of cells that have another one behind "
                + "them, which counts");
        var planned = plan is null
            ? [.. results.Keys]
            : PlannedOf(plan, header).Select(cell => cell.Cell).ToList();
        var known = planned.ToHashSet(StringComparer.Ordinal);
        var extra = results.Keys.Where(id => !known.Contains(id)).ToList();
        if (extra.Count > 0)
            problems.Add($"{extra.Count} results are of cells that its plan does not have, as of {extra[0]}");
        if (header is not null && reading.End is null)
            problems.Add(RunLock.IsHeld(folder)
                ? "the run is still going on"
                : "the run did not come to its end: it was killed");
        return new()
        {
            Folder = folder,
            Header = header,
            Plan = plan,
            End = reading.End,
            Results = [.. planned.Concat(extra).Where(results.ContainsKey).Select(id => results[id])],
            Missing = [.. planned.Where(id => !results.ContainsKey(id))],
            Problems = problems,
        };
    }

    // Of a run that went on with something else than it began with, nobody can say what its results are of.
    private static JournalHeader? HeaderOf(IReadOnlyList<JournalHeader> headers) => headers switch
    {
        [] => null,
        [var only] => only,
        [.., var last] => last with
        {
            Started = headers.Min(header => header.Started),
            Harness = string.Join('+', headers.Select(header => header.Harness).Distinct()),
            Endpoints =
            [
                .. last.Endpoints.Select(endpoint => headers.SelectMany(header => header.Endpoints)
                    .Where(other => other.Name == endpoint.Name).All(other => other.Digest == endpoint.Digest)
                        ? endpoint : endpoint with { Digest = null }),
            ],
        },
    };

    private static IEnumerable<PlannedCell> PlannedOf(PlanFile plan, JournalHeader? header) =>
        header?.Shard is { } shard && Shard.TryParse(shard, out var part)
            ? plan.Cells.Where(cell => cell.Shard == part.Number)
            : plan.Cells;

    private static PlanFile? PlanOf(string folder, List<string> problems)
    {
        var file = Path.Combine(folder, PlanFile.Name);
        if (!File.Exists(file))
        {
            problems.Add($"there is no {PlanFile.Name}: what was skipped, and what is missing, is not known");
            return null;
        }
        try
        {
            return PlanFile.Read(file);
        }
        catch (InvalidDataException broken)
        {
            problems.Add(broken.Message);
            return null;
        }
    }

    private static string Because(List<string> problems) => problems.Count > 0 ? $" ({problems[0]})" : "";
}
