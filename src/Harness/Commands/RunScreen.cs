using System.Globalization;
using Spectre.Console;
using TlsInterop.Harness.Reports;

namespace TlsInterop.Harness.Commands;

/// <summary>Where a run is told: a terminal, or a log.</summary>
/// <param name="Output">Takes the lines.</param>
/// <param name="Width">Columns that there is room for.</param>
/// <param name="HasColour">True if control codes for colours may be written.</param>
/// <param name="Progress">Shows how it goes on.</param>
/// <param name="IsQuiet">True if nothing is told before the report.</param>
internal sealed record RunScreen(
    TextWriter Output, int Width, bool HasColour, IRunProgress Progress, bool IsQuiet = false)
{
    private const int PlainWidth = 160;

    /// <summary>
    /// True if sentences keep to the width: on a terminal, and where the shell says how wide it is. Scripts that read
    /// lines get them whole.
    /// </summary>
    public bool Wraps { get; init; }

    /// <summary>Draws lines again in their place; null where it is no terminal, or nothing is told.</summary>
    public LiveLines? Live { get; init; }

    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>The screen of this process.</summary>
    /// <param name="output">Where the command writes.</param>
    /// <param name="quiet">True for no progress.</param>
    public static RunScreen Of(TextWriter output, bool quiet)
    {
        var isTerminal = !Console.IsOutputRedirected && output is ConsoleText
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        // https://no-color.org: any value but an empty one.
        var hasColour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IRunProgress progress = (quiet, isTerminal) switch
        {
            (true, _) => new NoProgress(),
            (_, true) => new LiveProgress(AnsiConsole.Console),
            _ => new PlainProgress(output, LineInterval),
        };
        var columns = Environment.GetEnvironmentVariable("COLUMNS");
        var wraps = isTerminal || int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return new RunScreen(
            output, TextWidth.Of(columns, isTerminal ? Console.WindowWidth : PlainWidth), hasColour, progress, quiet)
        {
            Wraps = wraps,
            Live = isTerminal && !quiet ? new LiveLines(AnsiConsole.Console) : null,
        };
    }

    public void Write(IEnumerable<ReportLine> lines)
    {
        foreach (var line in Wraps ? lines.SelectMany(line => ReportTable.Wrapped(line, Width)) : lines)
            Output.WriteLine(line.ToString(HasColour));
        Output.Flush();
    }

    public void Write(ReportLine line) => Write([line]);

    /// <summary>Tells a step on the way, unless it shall be quiet.</summary>
    public void Say(ReportLine line)
    {
        if (!IsQuiet) Write(line);
    }

    /// <summary>Waits for a step, and says every few seconds that it is still under way.</summary>
    /// <param name="step">What is waited for.</param>
    /// <param name="work">The step.</param>
    public async Task<T> WaitAsync<T>(string step, Task<T> work)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await Task.WhenAny(work, Task.Delay(LineInterval)) != work)
            Say(new ReportLine([new ReportText(
                $"... {step} ({TimeProvider.System.GetElapsedTime(since).TotalSeconds:0} s)", Tone.Quiet)]));
        return await work;
    }
}
