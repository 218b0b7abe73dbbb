using Spectre.Console;

namespace TlsInterop.Harness.Reports;

/// <summary>Lines that are drawn again in their place while they change, on a terminal.</summary>
/// <param name="console">The terminal.</param>
public sealed class LiveLines(IAnsiConsole console)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows them while the work goes on, and takes them away behind it.</summary>
    /// <param name="lines">What to show in so many columns and lines.</param>
    /// <param name="work">The work.</param>
    public Task WhileAsync(Func<int, int, IEnumerable<ReportLine>> lines, Func<Task> work) => console
        .Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop)
        .StartAsync(async context =>
        {
            var running = work();
            // The last column, and the line of the cursor, stay free: a terminal that scrolls is drawn wrongly.
            do context.UpdateTarget(ReportParagraph.Of(lines(console.Profile.Width - 1, console.Profile.Height - 1)));
            while (await Task.WhenAny(running, Task.Delay(Interval)) != running);
            await running;
        });

    /// <summary>A line that stays, above them.</summary>
    public void Write(ReportLine line)
    {
        console.Write(ReportParagraph.Above(ReportParagraph.Of(line, ReportLine.Empty)));
    }
}
