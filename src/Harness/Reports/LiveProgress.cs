using Spectre.Console;
using Spectre.Console.Rendering;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>Progress as a bar that is drawn again in its place, on a terminal.</summary>
public sealed class LiveProgress(IAnsiConsole console) : IRunProgress
{
    public Task WhileAsync(RunTally tally, Func<Task> work) => console.Progress()
        .AutoClear(true)
        .HideCompleted(false)
        .Columns(new ProgressBarColumn { Width = 32 }, new FactsColumn(tally))
        .StartAsync(async context =>
        {
            var bar = context.AddTask("cells", maxValue: Math.Max(1, tally.Read().Total));
            var running = work();
            while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(100))) != running)
                bar.Value = tally.Read().Done;
            await running;
        });

    public void Red(CellResult result)
    {
        var kind = ResultKinds.Of(result);
        // The console draws the bar again below what is written while it is up.
        console.Write(ReportParagraph.Above(ReportParagraph.Of(new ReportLine(
            [new ReportText(ResultKinds.Heading(kind), ResultKinds.ToneOf(kind)), $"  {result.Cell}\n"]))));
    }

    // Ahead of it stands what the terminal echoed for the key.
    public void Note(string line) => console.Write(ReportParagraph.Above(new Text($"\n{line}\n")));

    private sealed class FactsColumn(RunTally tally) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            ReportParagraph.Of(tally.Read().Line());
    }
}
