using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Minimise;

/// <summary>Minimises a failing cell with real endpoints, or walks the versions of one of its ends.</summary>
/// <param name="session">Runs cells.</param>
/// <param name="failure">The cell.</param>
/// <param name="say">Receives a line for each step that takes time.</param>
/// <param name="onRun">Told of every run: in what it differs from the failure, and what it came to.</param>
public sealed class CellSearch(
    ICellSession session, Cell failure, Action<string> say, Action<string, Answer> onRun)
{
    // Each question for an image is a process of its own.
    private const int Questions = 8;

    private readonly CellTrials _trials = new(session, failure);

    /// <summary>Searches what the cell needs to fail.</summary>
    /// <param name="maxRuns">Most cells to try; null: the bound of the neighbourhood.</param>
    /// <param name="stop">Ends it; what is known by then is the answer.</param>
    public async Task<Minimised> RunAsync(int? maxRuns, CancellationToken stop)
    {
        if (await LackAsync(stop) is { } lacking) return lacking;
        var atHand = await AtHandAsync(stop);
        var candidates = new CellCandidates(session.Catalogue, failure, atHand.Contains);
        say($"others to try: servers {EndpointNames.Of(candidates.Servers.Skip(1))}; "
            + $"clients {EndpointNames.Of(candidates.Clients.Skip(1))}");
        await session.LearnAsync([.. candidates.Servers.Concat(candidates.Clients).Distinct()], stop);
        var around = CellNeighbourhood.Of(session.Catalogue, failure, candidates.Values);
        var (points, cells) = (around.Neighbourhood, around.Cells);
        var limit = Math.Min(points.Bound, maxRuns ?? int.MaxValue);
        say($"{points.Points.Count} cells around it in {points.Dimensions.Count} dimensions: at most "
            + $"{Plural.Of(limit, "run")}, and repetitions");
        var result = await new FailureSearch(
            points, (point, cancelled) => _trials.RunAsync(cells[point.Number], cancelled), limit,
            trial => onRun(Changed(points, trial.Point), trial.Answer)).RunAsync(stop);
        return Of(result) with
        {
            Blame = Blame.Of(result, failure.Quirk is not null),
            FirstDifference = result.NearestGreen is { } green
                ? FirstDifference.Of(session.Folder, _trials, failure, cells[green.Point.Number]) : null,
            Cells = cells,
        };
    }

    /// <summary>Walks the versions of one end.</summary>
    /// <param name="role">Which end.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ArgumentException">That end has no versions.</exception>
    public async Task<Minimised> BisectAsync(EndpointRole role, CancellationToken stop)
    {
        if (await LackAsync(stop) is { } lacking) return lacking;
        var own = role == EndpointRole.Server ? failure.Server : failure.Client;
        var line = own.Version is { } version
            ? VersionOrder.Line(session.Catalogue.Definitions[own.Name].VersionNames(), version)
            : throw new ArgumentException($"{own} has no versions", nameof(role));
        say($"{Plural.Of(line.Count, "version")} of {own.Name}: {string.Join(", ", line)}");
        var repeated = await ConfirmAsync(stop);
        if (repeated.Ending != SearchEnding.Answered) return Of(repeated);

        var walked = new List<(Cell Cell, Answer Answer)>();
        VersionSpan span;
        try
        {
            span = await new VersionBisection(line.Count, async number =>
            {
                var cell = At(number);
                await session.LearnAsync([role == EndpointRole.Server ? cell.Server : cell.Client], stop);
                var answer = await _trials.RunAsync(cell, stop);
                walked.Add((cell, answer));
                onRun($"{own.Name}@{line[number]}", answer);
                return answer.Outcome;
            }).RunAsync(line.ToList().IndexOf(own.Version));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Of(repeated with { Ending = SearchEnding.Stopped }) with
            {
                Walked = new(own.Name, role, line, Span: null, walked),
            };
        }
        return Of(repeated) with
        {
            Walked = new(own.Name, role, line, span, walked),
            FirstDifference = (span.FirstGreen ?? span.LastGreen) is { } green
                ? FirstDifference.Of(
                    session.Folder, _trials, At(span.FirstGreen is null ? span.FirstRed : span.LastRed), At(green))
                : null,
        };

        Cell At(int number)
        {
            var end = own with { Version = line[number] };
            return role == EndpointRole.Server ? failure with { Server = end } : failure with { Client = end };
        }
    }

    private static string Changed(Neighbourhood points, Point point) =>
        point.Number == 0 ? "as it is" : string.Join(", ", point.Changes.Select(points.Words));

    private Minimised Of(SearchResult result) =>
        new() { Search = result, Failure = failure, Failed = _trials.Failed };

    // Asks the failure's own ends; what they have not got in common can't fail.
    private async Task<Minimised?> LackAsync(CancellationToken stop)
    {
        await session.LearnAsync([failure.Server, failure.Client], stop);
        return session.Catalogue.Lacks(failure) is null ? null : Of(await ConfirmAsync(stop));
    }

    // The failure alone, as often as it takes to see whether it is one.
    private Task<SearchResult> ConfirmAsync(CancellationToken stop) => new FailureSearch(
        Neighbourhood.Of([], [[]], out _), (_, cancelled) => _trials.RunAsync(failure, cancelled), limit: 1,
        trial => onRun("as it is", trial.Answer)).RunAsync(stop);

    private async Task<HashSet<EndpointReference>> AtHandAsync(CancellationToken stop)
    {
        var found = new HashSet<EndpointReference>();
        await Parallel.ForEachAsync(
            session.Catalogue.Endpoints.SelectMany(offer => offer.References),
            new ParallelOptions { MaxDegreeOfParallelism = Questions, CancellationToken = stop },
            async (endpoint, cancelled) =>
            {
                if (!await session.IsAtHandAsync(endpoint, cancelled)) return;
                lock (found) found.Add(endpoint);
            });
        return found;
    }
}
