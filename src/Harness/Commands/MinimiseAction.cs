using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;

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
    private const int TextWidth = 120;

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
            var search = new CellSearch(session, _failure, Say, (changed, answer) =>
                screen.Say(MinimiseText.Run(++_runs, answer, changed)));
            var minimised = arguments.Bisect is { } role
                ? await search.BisectAsync(role, stop.Token)
                : await search.RunAsync(arguments.MaxRuns, stop.Token);
            return Tell(minimised with
            {
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

    private int Tell(Minimised minimised)
    {
        var json = MinimiseJson.Of(minimised).ToJsonString(MinimiseJson.Options);
        File.WriteAllLines(
            Path.Combine(minimised.Folder, "minimise.txt"),
            MinimiseText.Lines(minimised, TextWidth).Select(line => line.ToString()));
        File.WriteAllText(Path.Combine(minimised.Folder, "minimise.json"), json + "\n");
        if (arguments.Json)
        {
            output.WriteLine(json);
        }
        else
        {
            var shown = minimised with { Folder = RunAction.Shown(minimised.Folder) };
            screen.Write(MinimiseText.Lines(shown, screen.Width).Prepend(ReportLine.Empty));
        }
        return minimised.Search.Ending is SearchEnding.Green or SearchEnding.CannotRun ? ExitStatus.Red
            : interruption.HasCome ? ExitStatus.Interrupted : ExitStatus.Green;
    }

    private void Say(string text) => screen.Say(new ReportLine([new ReportText(text, Tone.Quiet)]));
}
