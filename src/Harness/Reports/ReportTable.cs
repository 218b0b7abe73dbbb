using Spectre.Console;
using Spectre.Console.Rendering;

namespace TlsInterop.Harness.Reports;

/// <summary>What Spectre.Console lays out, as lines of a report: a terminal, a file and a test see the same.</summary>
internal static class ReportTable
{
    /// <summary>The lines of a table, or of anything else that can be drawn.</summary>
    /// <param name="content">What is drawn.</param>
    /// <param name="width">Columns that there is room for.</param>
    public static IReadOnlyList<ReportLine> Lines(IRenderable content, int width) =>
    [
        .. Segment.SplitLines(content.Render(Options(width), width)).Select(line => new ReportLine(
            [.. line.Select(segment => new ReportText(segment.Text, ReportParagraph.ToneOf(segment.Style)))])),
    ];

    /// <summary>The columns that a table takes if there is room for all of it.</summary>
    public static int WidthOf(IRenderable content) => content.Measure(Options(short.MaxValue), short.MaxValue).Max;

    /// <summary>
    /// A line within a width: what is too long goes on below its beginning. One that is to be copied stays as it is.
    /// </summary>
    public static IReadOnlyList<ReportLine> Wrapped(ReportLine line, int width)
    {
        if (line.Hang is not { } hang || line.ToString().Length <= width) return [line];
        var (label, text) = line.SplitAt(hang);
        var grid = new Grid { Width = width };
        if (hang > 0) grid.AddColumn(new GridColumn { Width = hang, NoWrap = true, Padding = new Padding(0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        Paragraph[] row = hang > 0 ? [ReportParagraph.Of(label), ReportParagraph.Of(text)] : [ReportParagraph.Of(text)];
        grid.AddRow([.. row]);
        return Lines(grid, width);
    }

    private static RenderOptions Options(int width)
    {
        var page = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(TextWriter.Null),
        });
        page.Profile.Width = width;
        return RenderOptions.Create(page, page.Profile.Capabilities);
    }
}
