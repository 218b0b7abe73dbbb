using Spectre.Console;
using Spectre.Console.Rendering;

namespace TlsInterop.Harness.Reports;

/// <summary>Lines of a report for what is drawn again in its place on a terminal.</summary>
internal static class ReportParagraph
{
    private static readonly Dictionary<Tone, Style> Styles = new()
    {
        [Tone.Good] = new Style(Color.Green), [Tone.Bad] = new Style(Color.Red, decoration: Decoration.Bold),
        [Tone.Warning] = new Style(Color.Yellow), [Tone.Quiet] = new Style(decoration: Decoration.Dim),
        [Tone.Strong] = new Style(decoration: Decoration.Bold), [Tone.Place] = new Style(Color.Teal),
    };

    /// <summary>What a style is for: the reverse of what a paragraph is written in.</summary>
    public static Tone ToneOf(Style style) => Styles.FirstOrDefault(row => row.Value.Equals(style)).Key;

    /// <summary>
    /// What is written above lines that are drawn again in their place: they are wiped out first, or what is shorter
    /// than they were would leave their ends.
    /// </summary>
    public static IRenderable Above(IRenderable content) => new Wiping(content);

    /// <summary>Lines, one below the other.</summary>
    public static Paragraph Of(params IEnumerable<ReportLine> lines)
    {
        var paragraph = new Paragraph();
        var isFirst = true;
        foreach (var line in lines)
        {
            if (!isFirst) paragraph.Append("\n");
            isFirst = false;
            foreach (var part in line.Parts)
                paragraph.Append(part.Text, Styles.GetValueOrDefault(part.Tone, Style.Plain));
        }
        return paragraph;
    }

    private sealed class Wiping(IRenderable content) : IRenderable
    {
        // ECMA-48, Section 8.3.39 (ED): from here to the end of the screen.
        private static readonly Segment Wipe = Segment.Control("\e[J");

        public Measurement Measure(RenderOptions options, int maxWidth) => content.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            content.Render(options, maxWidth).Prepend(Wipe);
    }
}
