using System.Globalization;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>What the first page of a report says.</summary>
public sealed record RunPageView
{
    public required string Title { get; init; }

    public required string Heading { get; init; }

    /// <summary>One sentence about how it ended.</summary>
    public required string Status { get; init; }

    /// <summary>What is wrong with the run or its folder, a sentence each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What there is to know of the run itself.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    /// <summary>How many cells stand how.</summary>
    public required IReadOnlyList<(ListedState State, int Count)> Counts { get; init; }

    /// <summary>The run that it is compared with, in words; null if there is none.</summary>
    public string? Earlier { get; init; }

    public IReadOnlyList<ChangeView> Changes { get; init; } = [];

    public required IReadOnlyList<CauseView> Causes { get; init; }

    public required HeatView Heat { get; init; }

    public required IReadOnlyList<FilterChoice> Choices { get; init; }

    public required IReadOnlyList<SkipView> Skips { get; init; }

    /// <summary>What is said where nothing was left out.</summary>
    public required string NoSkips { get; init; }

    public required IReadOnlyList<JournalEndpoint> Endpoints { get; init; }

    /// <summary>Cells that the list has.</summary>
    public required int CellCount { get; init; }

    /// <summary>The page of a run.</summary>
    internal static RunPageView Of(RecordedRun run, RunComparison? since, IReadOnlyList<ListedCell> cells)
    {
        var matrix = run.Matrix.Length > 0 ? SafeText.Of(run.Matrix) : "an unnamed matrix";
        return new()
        {
            Title = $"{matrix}, {NameOf(run)} · tlsinterop",
            Heading = $"{matrix}, {NameOf(run)}",
            Status = StatusOf(run),
            Problems =
            [
                .. RunProblems.BesideEnding(run).Concat(RunProblems.Bounded(run.End?.Warnings ?? []))
                    .Concat(ProblemsOf(since)).Select(SafeText.Of),
            ],
            Facts = [.. FactsOf(run).Select(fact => (fact.Name, SafeText.Of(fact.Value)))],
            Counts =
            [
                .. ListedState.All.Select(state => (state, cells.Count(cell => cell.State == state)))
                    .Where(row => row.Item2 > 0),
            ],
            Earlier = since is { Before: var before } ? $"{NameOf(before)}, which began {Time(before.Started)}" : null,
            Changes = ChangeView.Of(cells),
            Causes = CauseView.Of(cells),
            Heat = HeatView.Of(cells),
            Choices = ReportChoices.Of(cells),
            Skips =
            [
                .. cells.Where(cell => cell.State == ListedState.Skipped).CountBy(cell => cell.Note)
                    .OrderByDescending(row => row.Value).ThenBy(row => row.Key, StringComparer.Ordinal)
                    .Select(row => new SkipView(row.Key, row.Value)),
            ],
            NoSkips = run.Plan is null ? "Nobody wrote down what was left out." : "Nothing.",
            Endpoints = [.. (run.Header?.Endpoints ?? []).Select(Safe)],
            CellCount = cells.Count,
        };
    }

    private static IEnumerable<string> ProblemsOf(RunComparison? since) => since is null ? [] :
    [
        .. since.Remarks,
        .. RunProblems.Bounded(since.Before.Problems)
            .Select(problem => $"the earlier run, {NameOf(since.Before)}: {problem}"),
    ];

    // A folder that was copied or renamed is another one than its journal says.
    private static string NameOf(RecordedRun run) =>
        SafeText.Of(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(run.Folder)) is { Length: > 0 } folder
                && folder != run.Name ? $"{run.Name} (folder {folder})" : run.Name);

    private static string StatusOf(RecordedRun run)
    {
        var standing = RunStanding.Of(run);
        var early = run.End?.Interruption is { } interruption ? $" ({SafeText.Of(interruption)})" : "";
        var ran = $"{Plural.Of(standing.Ran, "cell")} ran, {(standing.Red == 0 ? "none" : standing.Red)} red";
        return standing switch
        {
            { NotRun: > 0 and var left } => $"PARTIAL: {ran}; {left} did not run{early}",
            { NotRun: null } => $"{ran}; whether that is all of them is not known",
            { HasFailed: true } when early.Length > 0 => $"PARTIAL: {ran}{early}",
            { HasFailed: true } => $"FAILED: {ran}, and something is wrong that is no cell's",
            { IsWhole: false } => $"{ran}; whether the run came to its end is not known",
            _ => $"{ran}: all that were to run",
        };
    }

    private static JournalEndpoint Safe(JournalEndpoint endpoint) => new(
        SafeText.Of(endpoint.Name), endpoint.Version is { } version ? SafeText.Of(version) : null,
        endpoint.Digest is { } digest ? SafeText.Of(digest) : null);

    private static IEnumerable<(string Name, string Value)> FactsOf(RecordedRun run)
    {
        yield return ("Began", Time(run.Started));
        if (run.End is { } end)
        {
            yield return ("Ended", $"{Time(end.Ended)}, after {Duration(end.Ended - run.Started)}");
            yield return ("Lost packets", $"{end.Dropped}");
        }
        if (run.Header is not { } header) yield break;
        if (header.Shard is { } shard) yield return ("Shard", shard);
        if (header.Engine.Length > 0) yield return ("Engine", header.Engine);
        if (run.Results.Count(result => result.ReusedFrom is not null) is > 0 and var reused)
            yield return ("Taken over", $"{Plural.Of(reused, "result")} of earlier runs: nothing has changed for them");
        yield return ("Again", header.Again);
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time) => time < TimeSpan.Zero ? "no time at all"
        : $"{(int)time.TotalMinutes} min {time.Seconds} s";
}
