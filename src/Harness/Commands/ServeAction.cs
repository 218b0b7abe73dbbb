using System.Text;
using System.Text.Json.Nodes;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Serve.Page;
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
    private bool _isDrawn;

    /// <summary>Serves.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    /// <exception cref="UsageException">The port, or the file of answers, can't be used.</exception>
    public async Task<int> RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption.Stop);
        using var port = DevicePort.Take(arguments.Listen, arguments.Port);
        var memory = DeviceMemory.Open(arguments.State);
        SweepPageView? Shown(SweepBoard? from, string folder) => from is null ? null
            : SweepPageView.Of(from.Read(), port.Address.ToString(), folder);
        SweepBoard? board = null;
        var place = "";
        try
        {
            await using var page = await PageServer.StartAsync(
                arguments.PageListen, arguments.PagePort, () => Shown(board, place) ?? SweepPageView.Starting,
                stop.Token);
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
            place = session.Folder.Path;
            board = new SweepBoard(cells, TimeProvider.System, Told);
            port.Open();
            Welcome(port, page, cells, memory, session.Folder);
            var finding = await ShowAsync(
                board, () => new DeviceSearch(device, cells, memory, arguments.MaxRuns, board).RunAsync(stop.Token));
            var ending = interruption.HasCome ? interruption.Name
                : isLost ? $"no connection for {arguments.Patience.TotalSeconds:0} s (--patience)" : "";
            var status = Tell(finding, board, cells, place, TimeProvider.System.GetElapsedTime(since), ending);
            await using var renderer = new PageRenderer();
            await File.WriteAllTextAsync(
                Path.Combine(place, "serve.html"), await renderer.RenderAsync(Shown(board, place)!, isLive: false));
            return status;
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
            "No configuration is left: the servers offer nothing of what was asked for that goes together. "
            + $"'{CommandTree.Program} endpoints' lists what each offers");
    }

    private void Welcome(
        DevicePort port, PageServer page, IReadOnlyList<Cell> cells, DeviceMemory memory, RunFolder folder)
    {
        Tell($"listening on {port.Address}: each connection gets another of "
            + $"{Plural.Of(cells.Count, "configuration")}. Let the device connect, again and again.", Tone.Strong);
        Tell($"page {page.Address}: how it stands, while it goes on.", Tone.Strong);
        Tell($"It takes at most {Plural.Of(DeviceSearch.SweepLengthOf(cells), "connection")} if nothing fails, up to "
            + $"{DeviceSearch.FailureLengthOf(cells.Count)} more for a failure, and "
            + $"{arguments.MaxRuns ?? DeviceSearch.LimitOf(cells)} in all (--max-runs).", Tone.Quiet);
        Tell("A device that verifies certificates has to trust "
            + $"{RunAction.Shown(Path.Combine(folder.Shared, "root.pem"))}, or it fails with all of them.", Tone.Quiet);
        if (memory.Count > 0)
            Tell($"{Plural.Of(memory.Count, "answer")} known from {arguments.State}", Tone.Quiet);
        if (port.IsOpenToOthers)
            Tell("warning: others than this machine can reach this port, and with it test servers that keep nothing "
                + "secret: their keys are made for this run, and old versions are spoken on purpose", Tone.Warning);
        if (page.IsOpenToOthers)
            Tell("warning: others than this machine can read the page, without a password: what the device offers and "
                + "how it fails", Tone.Warning);
    }

    private void Tell(string text, Tone tone)
    {
        var column = new StringBuilder();
        new TextColumn(column, screen.Width - 1).Line(text);
        foreach (var line in column.ToString().TrimEnd('\n').Split('\n'))
            screen.Say(new([new ReportText(line, tone)]));
    }

    // On a terminal the table is drawn again in its place, and stays as it was in the end; elsewhere there are lines.
    private async Task<DeviceFinding> ShowAsync(SweepBoard board, Func<Task<DeviceFinding>> search)
    {
        if (screen.Live is not { } live) return await search();
        DeviceFinding? finding = null;
        _isDrawn = true;
        await live.WhileAsync(
            (width, height) => SweepTable.Lines(board.Read(), DateTimeOffset.UtcNow, width, height),
            async () => finding = await search());
        _isDrawn = false;
        foreach (var line in SweepTable.Lines(board.Read(), DateTimeOffset.UtcNow, screen.Width - 1, int.MaxValue))
            screen.Write(line);
        return finding!;
    }

    private void Told(Cell cell, CellResult result, int left)
    {
        _connections++;
        if (_isDrawn) return;
        screen.Say(ServeText.Connection(_connections, cell, result, left));
        if (result.Verdict == Verdict.Pass || !_failures.Add($"{result.Got} {result.Diagnosis?.Sentence}")) return;
        foreach (var line in ServeText.Failure(result)) screen.Say(line);
    }

    private int Tell(
        DeviceFinding finding, SweepBoard board, IReadOnlyList<Cell> cells, string folder, TimeSpan took,
        string interrupted)
    {
        var failures = finding.Failures
            .Select(found => found with { Seconds = took.TotalSeconds, Folder = folder })
            .ToList();
        var missing = board.Read().Left;
        IReadOnlyList<ReportLine> Lines(int width, string shown) =>
        [
            .. failures.Count == 0 ? ServeText.Nothing(finding) : failures.SelectMany((found, number) =>
                MinimiseText.Lines(found with { Folder = shown }, width)
                    .Concat(number < failures.Count - 1 ? [ReportLine.Empty] : Array.Empty<ReportLine>())),
            .. ServeText.Behind(finding, arguments.MaxRuns ?? DeviceSearch.LimitOf(cells)),
            .. interrupted.Length > 0 ? Stopped(interrupted, missing) : [],
        ];
        board.Ends(finding, interrupted.Length > 0
            ? $"Stopped by {interrupted}: at most {Plural.Of(missing, "connection")} more would tell the rest."
            : finding.Ending == DeviceEnding.Exhausted ? "As many connections were made as were allowed (--max-runs)."
            : "Done: all that can be told apart is known.");
        File.WriteAllLines(
            Path.Combine(folder, "serve.txt"), Lines(TextWidth, folder).Select(line => line.ToString()));
        var json = Json(finding, failures, folder, interrupted).ToJsonString(MinimiseJson.Options);
        File.WriteAllText(Path.Combine(folder, "serve.json"), json + "\n");
        if (arguments.Json) output.WriteLine(json);
        else screen.Write(Lines(screen.Width, RunAction.Shown(folder)).Prepend(ReportLine.Empty));
        return interruption.HasCome ? ExitStatus.Interrupted
            : failures.Count > 0 ? ExitStatus.Red
            : finding.Ending != DeviceEnding.Answered ? ExitStatus.Unusable
            : ExitStatus.Green;
    }

    private IEnumerable<ReportLine> Stopped(string interrupted, int missing)
    {
        yield return new([new ReportText(
            $"Stopped by {interrupted}: at most {Plural.Of(missing, "connection")} more would tell the rest.",
            Tone.Warning)]);
        if (!interruption.HasCome)
            yield return new([
                "Does the device run, does it reach this address and port, and does it try again by itself? "
                + "--patience waits longer."]);
        yield return new([arguments.State is { } state
            ? $"What is known is kept in {state}: the same line goes on from here."
            : "With --state FILE the next search goes on where this one ends."]);
    }

    private JsonObject Json(
        DeviceFinding finding, IReadOnlyList<Minimised> failures, string folder, string interrupted) => new()
    {
        ["connections"] = _connections,
        ["ending"] = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(finding.Ending.ToString()),
        ["stoppedBy"] = interrupted.Length > 0 ? interrupted : null,
        ["worked"] = new JsonArray([.. finding.Tried.Where(item => item.Result.Verdict == Verdict.Pass)
            .Select(item => JsonValue.Create(item.Cell.Id))]),
        ["failures"] = new JsonArray([.. failures.Select(MinimiseJson.Of)]),
        ["unsearched"] = new JsonArray([.. finding.Unsearched.Select(item => new JsonObject
        {
            ["cell"] = item.Cell.Id, ["got"] = item.Result.Got,
        })]),
        ["folder"] = folder,
    };

    private void Say(string text)
    {
        var line = new ReportLine([new ReportText(text, Tone.Quiet)]);
        if (_isDrawn) screen.Live!.Write(line);
        else screen.Say(line);
    }
}
