using System.Globalization;
using System.Text;
using TlsInterop.Harness.Serve;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>
/// How a search stands, as lines of a terminal: what is counted, what the next connection gets, when it fails as far as
/// that is known, and a line a configuration, failures first.
/// </summary>
public static class SweepTable
{
    private const int NameWidth = 10, StateWidth = 13, LeastForCause = 40;

    /// <summary>The lines.</summary>
    /// <param name="reading">How it stands.</param>
    /// <param name="now">What time it is.</param>
    /// <param name="width">Columns that there is room for.</param>
    /// <param name="height">Lines that there is room for.</param>
    public static IEnumerable<ReportLine> Lines(SweepReading reading, DateTimeOffset now, int width, int height)
    {
        var head = Head(reading, now, width).ToList();
        var rows = Rows(reading, width).ToList();
        var room = Math.Max(0, height - head.Count - 2);
        foreach (var line in head) yield return line;
        yield return ReportLine.Empty;
        foreach (var line in rows.Take(room)) yield return line;
        if (rows.Count > room)
            yield return new([new ReportText($"... {rows.Count - room} more", Tone.Quiet)]);
    }

    private static IEnumerable<ReportLine> Head(SweepReading reading, DateTimeOffset now, int width)
    {
        var counts = reading.Counts();
        var parts = new List<ReportText> { Plural.Of(reading.Connections, "connection") };
        foreach (var state in ServeText.Counted.Where(counts.ContainsKey))
            parts.Add(new($"{counts[state]} {ServeText.WordOf(state)}", ServeText.ToneOf(state)));
        parts.Add(new($"at most {reading.Left} more", Tone.Strong));
        foreach (var line in Flow(parts, width)) yield return line;
        if (reading.Next is { } next)
        {
            var since = reading.Came is { } came
                ? $" (the last one {(now - came).TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s ago)" : "";
            foreach (var line in Field("next", ServeText.Name(next) + since, Tone.Place, width)) yield return line;
        }
        foreach (var told in reading.Failures)
        {
            var (name, text) = MinimiseText.Sentence(told);
            foreach (var line in Field("so far", $"{name} {text}", Tone.Strong, width)) yield return line;
        }
        foreach (var cause in Causes(reading))
            foreach (var line in Field("cause", cause, Tone.Plain, width)) yield return line;
    }

    private static IEnumerable<string> Causes(SweepReading reading) => reading.Tried
        .Select(item => item.Result).Where(result => DeviceSearch.IsFailure(result.Verdict))
        .Select(result => result.Diagnosis?.ToString() ?? result.Got?.Split('\n')[0]).OfType<string>().Distinct();

    // Failures first, then what came last.
    private static IEnumerable<ReportLine> Rows(SweepReading reading, int width) => reading.Tried
        .Select((item, number) => (item.Cell, item.Result, Number: number + 1, State: reading.StateOf(item.Cell)))
        .OrderBy(row => row.State != SweepState.Failed).ThenByDescending(row => row.Number)
        .Select(row =>
        {
            var (word, tone) = (ServeText.WordOf(row.State), ServeText.ToneOf(row.State));
            var start = $"{row.Number,4}  ";
            var name = Cut(ServeText.Name(row.Cell), width - start.Length - StateWidth);
            var left = width - start.Length - StateWidth - name.Length;
            var cause = row.Result.Diagnosis is { } known && left >= Math.Min(LeastForCause, known.Cause.Length + 3)
                ? Cut($"   {known.Cause}", left) : "";
            return new ReportLine([start, new ReportText(word.PadRight(StateWidth), tone), name,
                new ReportText(cause, tone)]);
        });

    // What belongs together, as many on a line as fit.
    private static IEnumerable<ReportLine> Flow(IReadOnlyList<ReportText> parts, int width)
    {
        const string between = " · ";
        var line = new List<ReportText>();
        foreach (var part in parts)
        {
            if (line.Count > 0 && line.Sum(other => other.Text.Length) + between.Length + part.Text.Length > width)
            {
                yield return new(line);
                line = [];
            }
            if (line.Count > 0) line.Add(new(between, Tone.Quiet));
            line.Add(part);
        }
        yield return new(line);
    }

    private static IEnumerable<ReportLine> Field(string name, string text, Tone tone, int width)
    {
        var column = new StringBuilder();
        new TextColumn(column, width).Line("", NameWidth, text);
        return column.ToString().TrimEnd('\n').Split('\n').Select((part, number) => new ReportLine(
            [new ReportText((number == 0 ? name : "").PadRight(NameWidth), Tone.Quiet),
                new ReportText(number == 0 ? part : part.TrimStart(), tone)]));
    }

    private static string Cut(string text, int width) =>
        text.Length <= width ? text : width < 2 ? "" : text[..(width - 1)] + "…";
}
