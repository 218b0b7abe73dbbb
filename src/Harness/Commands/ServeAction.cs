using System.Text.Json.Nodes;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>A device is served until it is known what it can't do.</summary>
/// <param name="arguments">What was asked for.</param>
/// <param name="screen">Told of each connection, and of the answer unless that is JSON.</param>
/// <param name="output">Takes JSON.</param>
/// <param name="interruption">Ctrl-C.</param>
internal sealed class ServeAction(
    ServeArguments arguments, RunScreen screen, TextWriter output, RunInterruption interruption)
{
    private const int TextWidth = 120;

    private readonly HashSet<string> _failures = new(StringComparer.Ordinal);
    private int _connections;

    /// <summary>Serves.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    /// <exception cref="UsageException">The port, or the file of answers, can't be used.</exception>
    public async Task<int> RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption.Stop);
        using var port = DevicePort.Take(arguments.Listen, arguments.Port);
        var memory = DeviceMemory.Open(arguments.State);
        try
        {
            await using var session = await screen.WaitAsync(
                "starting", RunSession.OpenAsync(arguments.Options, Say, stop.Token));
            var since = TimeProvider.System.GetTimestamp();
            var isLost = false;
            await using var device = new DeviceSession(
                session, port, arguments.Options.Deadline, arguments.Patience, () =>
                {
                    isLost = true;
                    stop.Cancel();
                }, Say);
            var cells = await screen.WaitAsync("starting the servers", StartAsync(session, stop.Token));
            port.Open();
            Welcome(port, cells, memory);
            var finding = await new DeviceSearch(device, cells, memory, Told).RunAsync(stop.Token);
            return Tell(finding, session.Folder.Path, TimeProvider.System.GetElapsedTime(since),
                interruption.HasCome ? interruption.Name
                : isLost ? $"no connection for {arguments.Patience.TotalSeconds:0} s (--patience)" : "");
        }
        catch (OperationCanceledException) when (interruption.HasCome)
        {
            return ExitStatus.Interrupted;
        }
    }

    // Before the device is let in: it has no patience with images that are being built.
    private async Task<IReadOnlyList<Cell>> StartAsync(RunSession session, CancellationToken cancellationToken)
    {
        await session.LearnAsync([.. arguments.Sweep.Servers], cancellationToken);
        foreach (var server in arguments.Sweep.Servers) await session.ServerAsync(server, cancellationToken);
        var cells = arguments.Sweep.Cells(session.Catalogue);
        return cells.Count > 0 ? cells : throw new UsageException(
            "No configuration is left: the servers offer none of the versions and suites that were asked for. "
            + $"'{CommandTree.Program} endpoints' lists what each offers");
    }

    private void Welcome(DevicePort port, IReadOnlyList<Cell> cells, DeviceMemory memory)
    {
        screen.Say(new([
            new ReportText($"listening on {port.Address}", Tone.Strong),
            $": each connection gets another of {Plural.Of(cells.Count, "configuration")}. "
                + "Let the device connect, again and again."]));
        if (memory.Count > 0) Say($"{Plural.Of(memory.Count, "answer")} known from {arguments.State}");
        if (port.IsOpenToOthers)
            screen.Say(new([new ReportText(
                "warning: others than this machine can reach this port, and with it test servers that keep nothing "
                + "secret: their keys are made for this run, and old versions are spoken on purpose", Tone.Warning)]));
    }

    private void Told(Cell cell, CellResult result, int left)
    {
        screen.Say(ServeText.Connection(++_connections, cell, result, left));
        if (result.Verdict == Verdict.Pass || !_failures.Add($"{result.Got} {result.Diagnosis?.Sentence}")) return;
        foreach (var line in ServeText.Failure(result)) screen.Say(line);
    }

    private int Tell(DeviceFinding finding, string folder, TimeSpan took, string interrupted)
    {
        var minimised = finding.Minimised is { } found
            ? found with { Seconds = took.TotalSeconds, Folder = folder, Interruption = interrupted } : null;
        IReadOnlyList<ReportLine> Lines(int width, string shown) =>
        [
            .. minimised is null ? ServeText.Nothing(finding)
                : MinimiseText.Lines(minimised with { Folder = shown }, width),
            .. minimised is null && interrupted.Length > 0
                ? [new ReportLine([new ReportText($"Stopped by {interrupted}", Tone.Warning)])]
                : Array.Empty<ReportLine>(),
        ];
        File.WriteAllLines(
            Path.Combine(folder, "serve.txt"), Lines(TextWidth, folder).Select(line => line.ToString()));
        var json = Json(finding, minimised, folder, interrupted).ToJsonString(MinimiseJson.Options);
        File.WriteAllText(Path.Combine(folder, "serve.json"), json + "\n");
        if (arguments.Json) output.WriteLine(json);
        else screen.Write(Lines(screen.Width, RunAction.Shown(folder)).Prepend(ReportLine.Empty));
        return interruption.HasCome ? ExitStatus.Interrupted
            : minimised is not null ? ExitStatus.Red
            : finding.IsStopped ? ExitStatus.Unusable
            : ExitStatus.Green;
    }

    private JsonObject Json(DeviceFinding finding, Minimised? minimised, string folder, string interrupted) => new()
    {
        ["connections"] = _connections,
        ["stoppedBy"] = interrupted.Length > 0 ? interrupted : null,
        ["worked"] = new JsonArray([.. finding.Swept.Where(item => item.Result.Verdict == Verdict.Pass)
            .Select(item => JsonValue.Create(item.Cell.Id))]),
        ["failure"] = minimised is null ? null : MinimiseJson.Of(minimised),
        ["folder"] = folder,
    };

    private void Say(string text) => screen.Say(new ReportLine([new ReportText(text, Tone.Quiet)]));
}
