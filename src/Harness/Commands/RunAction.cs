using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Commands;

/// <summary>Opens a session; the seam between the command and all that runs.</summary>
/// <param name="options">How.</param>
/// <param name="say">Receives a line for each step that takes time.</param>
/// <param name="begun">Gets the session as soon as it has something to leave behind; opening goes on for long.</param>
/// <param name="cancellationToken">Stops it.</param>
internal delegate Task<IRunSession> OpenSession(
    RunOptions options, Action<string> say, Action<IRunSession> begun, CancellationToken cancellationToken);

/// <summary>One run from its header to its exit status.</summary>
internal sealed class RunAction(
    RunArguments arguments, OpenSession open, RunScreen screen, RunInterruption interruption, TimeProvider time)
{
    /// <summary>Takes the report when it is told; null if nobody else wants it.</summary>
    public Action<RunReport>? OnReport { get; init; }

    private readonly List<ReportLine> _header = [];
    private readonly long _begun = time.GetTimestamp();

    /// <summary>Runs.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public async Task<int> RunAsync()
    {
        IRunSession session;
        try
        {
            session = await screen.WaitAsync("starting", open(
                arguments.Options, Say, begun => interruption.Abandon = begun.Abandon, interruption.Stop));
        }
        catch (OperationCanceledException) when (interruption.HasCome)
        {
            return ExitStatus.Interrupted;
        }
        await using (session) return await RunAsync(session);
    }

    private async Task<int> RunAsync(IRunSession session)
    {
        RunWork work;
        try
        {
            work = await PlanAsync(session);
        }
        catch (OperationCanceledException) when (interruption.HasCome)
        {
            return ExitStatus.Interrupted;
        }

        // What planning tried and dropped is most of the heap, and would stay until as much is asked for again.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var plan = work.Plan;
        // What can't be read of it is told before anything runs, and not instead of the report.
        var required = RequiredOf(plan, arguments.Gate, arguments.IsPart, arguments.Options.Repository);
        session.WarmUp(work.Left, interruption.Abort);
        var problems = Task.Run(() => ProblemsOfKnownFailures(session, plan));
        var running = time.GetTimestamp();
        var tally = new RunTally(work.Left.Count, time);
        var workers = new CellWorkers(session, work.Left, result =>
        {
            tally.Add(result);
            if (result.IsRed) screen.Progress.Red(result);
            else if (arguments.Verbose)
                screen.Progress.Note(
                    $"{ResultKinds.Heading(ResultKinds.Of(result))}  {result.Cell}  {result.Milliseconds:0} ms");
        }, time);
        Exception? failure = null;
        try
        {
            if (work.Left.Count > 0)
            {
                await screen.Progress.WhileAsync(
                    tally, () => workers.RunAsync(arguments.Options.Workers, interruption.Stop, interruption.Abort));
            }
        }
        catch (Exception brokenOff) when (FailureText.Of(brokenOff) is not null)
        {
            failure = brokenOff;
        }
        var ran = time.GetElapsedTime(running);
        // Of this time and of the time before, in the order of the plan.
        IReadOnlyList<CellResult> results = [];
        IReadOnlyList<FileProblem> broken = [];
        try
        {
            var written = Journal.Read(session.Folder.Journal);
            results = work.With(written.Results);
            broken = [.. written.Problems.Select(problem => new FileProblem(session.Folder.Journal, 0, 0, problem))];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            failure ??= unreadable;
        }
        var interruptedBy = failure is null ? interruption.Name : "the run broke off";
        var report = Report(
            session, plan, results, interruptedBy, [.. broken, .. interruptedBy.Length == 0 ? await problems : []],
            required);
        using (session.Times.Measure(Stage.Report)) failure = await TellAsync(report, session, failure);
        if (arguments.Timings)
            screen.Write(TimingsTable.Of(
                session.Times, report.Results.Count, ran, time.GetElapsedTime(_begun), TimingsTable.PeakKilobytes()));
        return failure is not null ? ExitStatus.Unusable
            : interruption.HasCome ? ExitStatus.Interrupted
            : report.IsGreen ? ExitStatus.Green : ExitStatus.Red;
    }

    private async Task<RunWork> PlanAsync(IRunSession session)
    {
        var opened = time.GetElapsedTime(_begun);
        var (images, planning) = (session.Images, time.GetTimestamp());
        Head("engine", $"{session.Engine} ({opened.TotalSeconds:0.0} s)");
        var plan = await screen.WaitAsync("asking the endpoints what they can do",
            arguments.Planned is { } planned
                ? session.TakeAsync(planned.ToPlan(arguments.Shard?.Number ?? 0), interruption.Stop)
                : session.PlanAsync(arguments.Matrix, arguments.Chosen, interruption.Stop));
        var work = await RunWork.OfAsync(arguments, session, plan, time.GetUtcNow());
        plan = work.Plan;
        images = session.Images;
        if (images.Built + images.Reused > 0) Head("images", $"{images.Reused} reused, {images.Built} built");
        var endpoints = plan.Cells.SelectMany(cell => new[] { cell.Server, cell.Client }).Distinct().Count();
        Head("endpoints",
            $"{endpoints} in use, what they offer is known ({time.GetElapsedTime(planning).TotalSeconds:0.0} s)");
        var skipped = plan.Skipped.Count > 0 ? $" ({SkipReasons.Short(plan.Skipped)})" : "";
        var part = arguments.Shard is { } shard ? $" (shard {shard})" : "";
        var done = work.Done.Count > 0 ? $"{work.Done.Count} done + " : "";
        Head(plan.Name,
            $"{plan.Planned} cells{part} = {done}{work.Left.Count} to run + {plan.Skipped.Count} skipped{skipped}");
        if (work.Remark is { } remark) Head("", remark);
        return work;
    }

    private RunReport Report(
        IRunSession session, MatrixPlan plan, IReadOnlyList<CellResult> results, string interruptedBy,
        IReadOnlyList<FileProblem> problems, IReadOnlyCollection<string>? required)
    {
        return new RunReport
        {
            Plan = plan,
            Results = results,
            Folder = Shown(session.Folder.Path),
            Snapshots = Shown(arguments.Options.Repository.SnapshotsOf(plan, arguments.Options.SnapshotsFolder)),
            Again = arguments.Again,
            Dropped = session.Dropped,
            Interruption = interruptedBy.Length > 0 ? interruptedBy : null,
            Problems = problems,
            Warnings = session.KnownFailures.Expiring(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
            Required = required,
        };
    }

    /// <summary>
    /// The cells that must not be red; null for all of them, and for a matrix of which nothing is required yet: a gate
    /// that holds nothing would be green whatever happens.
    /// </summary>
    internal static IReadOnlyCollection<string>? RequiredOf(
        MatrixPlan plan, Gate gate, bool isPart, Repository repository)
    {
        if (gate == Gate.All) return null;
        var required = RequiredCells.Load(repository.Required).Of(plan.Name);
        if (required.Count == 0) return null;
        if (!isPart) return [.. required];
        var planned = plan.Cells.Concat(plan.Skipped.Select(left => left.Cell)).Select(cell => cell.Id);
        return [.. planned.Where(required.Contains)];
    }

    // An entry for a cell that was not chosen matches nothing, and that says nothing about it; nor does it if the cell
    // is one of another matrix.
    private IReadOnlyList<FileProblem> ProblemsOfKnownFailures(IRunSession session, MatrixPlan plan)
    {
        var repository = arguments.Options.Repository;
        var isWhole = !arguments.IsPart && !session.HasLocals
            && (Path.GetDirectoryName(Path.GetFullPath(arguments.Matrix)) == repository.Matrices
                || Path.GetFullPath(arguments.Matrix) == repository.Cases);
        if (!isWhole) return [];
        try
        {
            var others = repository.PlansBeside(arguments.Matrix, repository.Catalogue());
            return session.KnownFailures.Check(
                others.Prepend(plan), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        }
        catch (MatrixException broken)
        {
            return broken.Problems;
        }
        // Somebody edits while it runs.
        catch (EndpointException broken)
        {
            return [new FileProblem(broken.Endpoint, 0, 0, broken.Problem)];
        }
        // Or its disk is gone: what ran is to be told all the same.
        catch (Exception unreadable) when (FailureText.Of(unreadable) is not null)
        {
            return [new FileProblem(Shown(repository.Matrices), 0, 0, unreadable.Message)];
        }
    }

    private async Task<Exception?> TellAsync(RunReport report, IRunSession session, Exception? failure)
    {
        try
        {
            session.Finish(new(
                time.GetUtcNow(), report.Dropped, report.Interruption,
                [.. report.Problems.Select(problem => problem.ToString())])
            {
                Warnings = [.. report.Warnings.Select(warning => warning.ToString())],
            });
            RunReportFile.Write(report, _header, session.Folder.Path);
            // A shard has its pages when all of them are joined.
            if (arguments.Shard is null && report.Results.Count > 0 && failure is null)
                report = report with
                {
                    Page = Shown(await screen.WaitAsync("writing the report", RunPages.WriteAsync(
                        session.Folder.Path, report.Results, interruption.Abort))),
                };
        }
        catch (Exception unwritten) when (
            unwritten is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            failure ??= unwritten;
        }
        catch (OperationCanceledException) when (interruption.HasCome)
        {
            // Who can't wait has the text, and 'report' makes the pages later.
        }
        screen.Write(ReportLine.Empty);
        screen.Write(RunReportText.Lines(report, screen.Width, RunReportText.RedsOnScreen));
        OnReport?.Invoke(report);
        if (failure is not null)
            screen.Write(new ReportLine([new ReportText($"ERROR  {FailureText.Of(failure)}", Tone.Bad)]));
        return failure;
    }

    private void Head(string name, string text)
    {
        var line = new ReportLine([new ReportText(name.PadRight(11), Tone.Strong), text]);
        _header.Add(line);
        screen.Say(line);
    }

    private void Say(string text) => screen.Say(new ReportLine([new ReportText(text, Tone.Quiet)]));

    internal static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
