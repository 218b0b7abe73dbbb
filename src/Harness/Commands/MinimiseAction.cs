using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>Opens a session for cells that no matrix has planned.</summary>
internal delegate Task<ICellSession> OpenCellSession(
    RunOptions options, Action<string> say, CancellationToken cancellationToken);

/// <summary>One search from its first run to its exit status.</summary>
/// <param name="arguments">What was asked for.</param>
/// <param name="open">Opens a session.</param>
/// <param name="screen">Told of the progress, and of the answer unless that is JSON.</param>
/// <param name="output">Takes JSON.</param>
/// <param name="interruption">Ctrl-C.</param>
internal sealed class MinimiseAction(
    MinimiseArguments arguments, OpenCellSession open, RunScreen screen, TextWriter output,
    RunInterruption interruption)
{
    private const int Questions = 8;

    private readonly Cell _failure = arguments.Cell;
    private int _runs;

    /// <summary>Searches.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public async Task<int> RunAsync()
    {
        using var deadline = new CancellationTokenSource(arguments.Deadline);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption.Stop, deadline.Token);
        try
        {
            await using var session = await screen.WaitAsync("starting", open(arguments.Options, Say, stop.Token));
            var since = TimeProvider.System.GetTimestamp();
            await screen.WaitAsync("asking the endpoints what they can do", LearnAsync(
                session, [_failure.Server, _failure.Client], stop.Token));
            if (session.Catalogue.Lacks(_failure) is { } lack)
            {
                screen.Write(new ReportLine([$"{_failure} can't run: {lack}."]));
                return ExitStatus.Red;
            }
            var trials = new CellTrials(session, _failure);
            var minimised = arguments.Bisect is { } role
                ? await BisectAsync(session, trials, role, stop.Token)
                : await SearchAsync(session, trials, stop.Token);
            return Tell(minimised with
            {
                Failure = _failure,
                Failed = trials.Failed,
                Seconds = TimeProvider.System.GetElapsedTime(since).TotalSeconds,
                Folder = session.Folder.Path,
                Interruption = interruption.HasCome ? interruption.Name
                    : deadline.IsCancellationRequested ? $"the deadline of {arguments.Deadline.TotalSeconds:0} s" : "",
            });
        }
        catch (OperationCanceledException) when (interruption.HasCome)
        {
            return ExitStatus.Interrupted;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new UsageException(
                $"--deadline {arguments.Deadline.TotalSeconds:0}: it was over before the cell had failed");
        }
    }

    private async Task<Minimised> SearchAsync(ICellSession session, CellTrials trials, CancellationToken stop)
    {
        var atHand = await screen.WaitAsync("looking for images", AtHandAsync(session, stop));
        var candidates = new CellCandidates(session.Catalogue, _failure, atHand.Contains);
        await screen.WaitAsync("asking the endpoints what they can do", LearnAsync(
            session, [.. candidates.Servers.Concat(candidates.Clients).Distinct()], stop));
        var around = CellNeighbourhood.Of(session.Catalogue, _failure, candidates.Values);
        var (points, cells) = (around.Neighbourhood, around.Cells);
        var limit = Math.Min(points.Bound, arguments.MaxRuns ?? int.MaxValue);
        Say($"{points.Points.Count:N0} cells around it in {points.Dimensions.Count} dimensions: at most "
            + $"{Plural.Of(limit, "run")}, and repetitions");
        var result = await new FailureSearch(
            points, (point, cancelled) => trials.RunAsync(cells[point.Number], cancelled), limit,
            trial => Tell(trial.Answer, trial.Point.Number == 0
                ? "as it is"
                : string.Join(", ", trial.Point.Changes.Select(points.Words)))).RunAsync(stop);
        return new()
        {
            Search = result,
            Blame = Blame.Of(result),
            FirstDifference = result.NearestGreen is { } green
                ? FirstDifference.Of(session.Folder, trials, _failure, cells[green.Point.Number]) : null,
            Cells = cells,
        };
    }

    private async Task<Minimised> BisectAsync(
        ICellSession session, CellTrials trials, EndpointRole role, CancellationToken stop)
    {
        var own = role == EndpointRole.Server ? _failure.Server : _failure.Client;
        var line = own.Version is { } version
            ? VersionOrder.Line(session.Catalogue.Definitions[own.Name].VersionNames(), version)
            : throw new UsageException($"--bisect {arguments.Bisect}: {own} has no versions".ToLowerInvariant());
        Cell At(int number)
        {
            var end = own with { Version = line[number] };
            return role == EndpointRole.Server ? _failure with { Server = end } : _failure with { Client = end };
        }
        Say($"{Plural.Of(line.Count, "version")} of {own.Name}: {string.Join(", ", line)}");
        var bisection = new VersionBisection(line.Count, async number =>
        {
            await LearnAsync(session, [own with { Version = line[number] }], stop);
            var answer = await trials.RunAsync(At(number), stop);
            Tell(answer, line[number]);
            return answer.Outcome;
        });
        var red = line.ToList().IndexOf(own.Version!);
        var repeated = await new FailureSearch(
            Neighbourhood.Of([], [[]], out _), (_, cancelled) => trials.RunAsync(_failure, cancelled), limit: 1,
            trial => Tell(trial.Answer, "as it is")).RunAsync(stop);
        if (repeated.Ending != SearchEnding.Answered) return new() { Search = repeated };
        var span = await bisection.RunAsync(red);
        return new()
        {
            Search = repeated,
            Span = new(own.Name, role, line, span),
            FirstDifference = (span.FirstGreen ?? span.LastGreen) is { } green
                ? FirstDifference.Of(
                    session.Folder, trials, At(span.FirstGreen is null ? span.FirstRed : span.LastRed), At(green))
                : null,
        };
    }

    private static async Task<bool> LearnAsync(
        ICellSession session, IReadOnlyCollection<EndpointReference> endpoints, CancellationToken stop)
    {
        await session.LearnAsync(endpoints, stop);
        return true;
    }

    // Each question is a process of its own.
    private static async Task<HashSet<EndpointReference>> AtHandAsync(ICellSession session, CancellationToken stop)
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

    private void Tell(Answer answer, string changed) => screen.Say(MinimiseText.Run(++_runs, answer, changed));

    private int Tell(Minimised minimised)
    {
        var lines = MinimiseText.Lines(minimised).ToList();
        var json = MinimiseJson.Of(minimised).ToJsonString(MinimiseJson.Options);
        File.WriteAllLines(
            Path.Combine(minimised.Folder, "minimise.txt"), lines.Select(line => line.ToString(colour: false)));
        File.WriteAllText(Path.Combine(minimised.Folder, "minimise.json"), json + "\n");
        if (arguments.Json) output.WriteLine(json);
        else screen.Write(lines.Prepend(ReportLine.Empty));
        return minimised.Search.Ending is SearchEnding.Green or SearchEnding.CannotRun ? ExitStatus.Red
            : interruption.HasCome ? ExitStatus.Interrupted : ExitStatus.Green;
    }

    private void Say(string text) => screen.Say(new ReportLine([new ReportText(text, Tone.Quiet)]));
}
