using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>What a piece of text is, for its colour.</summary>
public enum Tone { Plain, Good, Bad, Warning, Quiet, Strong, Place }

/// <summary>A piece of a line.</summary>
public readonly record struct ReportText(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator ReportText(string text) => new(text);
}

/// <summary>A line of a report, to be written with colours or without.</summary>
public sealed record ReportLine(params IReadOnlyList<ReportText> Parts)
{
    public static readonly ReportLine Empty = new([]);

    /// <summary>
    /// The column in which it goes on below if there is no room for it in one; null if it must stay one, to be copied.
    /// </summary>
    public int? Hang { get; init; }

    // ECMA-48, Section 8.3.117 (SGR)
    private static readonly Dictionary<Tone, string> Codes = new()
    {
        [Tone.Good] = "32", [Tone.Bad] = "31;1", [Tone.Warning] = "33", [Tone.Quiet] = "2", [Tone.Strong] = "1",
        [Tone.Place] = "36",
    };

    /// <summary>
    /// The text alone, or with the colours that terminals understand. What peers and files said commands no terminal.
    /// </summary>
    public string ToString(bool colour) => string.Concat(Parts.Select(part =>
        colour && Codes.TryGetValue(part.Tone, out var code)
            ? $"\e[{code}m{SafeText.Of(part.Text)}\e[0m" : SafeText.Of(part.Text))).TrimEnd();

    public override string ToString() => ToString(colour: false);

    /// <summary>The line as two: so many characters, and what stands behind them.</summary>
    internal (ReportLine Label, ReportLine Text) SplitAt(int place)
    {
        var (start, rest, at) = (new List<ReportText>(), new List<ReportText>(), 0);
        foreach (var part in Parts)
        {
            var cut = Math.Clamp(place - at, 0, part.Text.Length);
            if (cut > 0) start.Add(part with { Text = part.Text[..cut] });
            if (cut < part.Text.Length) rest.Add(part with { Text = part.Text[cut..] });
            at += part.Text.Length;
        }
        return (new(start), new(rest));
    }
}
