using System.Text;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>A diagnosis for a person.</summary>
public static class DiagnosisText
{
    private const string Margin = "  ";
    private const int Column = 11;

    /// <summary>The diagnosis as lines.</summary>
    /// <param name="result">The diagnosis.</param>
    /// <param name="subject">Which connection: <c>1</c>, <c>#2</c>; it stands before the first line.</param>
    /// <param name="width">Characters of the longest line.</param>
    /// <param name="ink">Colours, or none.</param>
    public static string Of(DiagnosisResult result, string subject, int width, Ink ink = default)
    {
        var text = new StringBuilder();
        var column = new TextColumn(text, width);
        column.Line($"{subject} {result.Summary}");
        column.Line("");
        if (result.IsHealthy) Bold(text, ink, Healthy(result));
        else if (result.Best is null) Bold(text, ink, "I don't know why.");
        for (var i = 0; i < result.Causes.Count; i++) Add(text, column, ink, result.Causes[i], Heading(result, i));
        foreach (var cause in result.WorthKnowing) Add(text, column, ink, cause, "Worth knowing");
        foreach (var cause in result.NotTheCause)
            column.Line($"Not the cause: {cause.Sentence}. [{cause.Id}]");
        for (var i = 0; i < result.Collect.Count; i++)
            column.Line(i == 0 ? "To know more, collect  " : new string(' ', 23), 23, result.Collect[i]);
        return text.ToString();
    }

    /// <summary>That nothing is wrong, as far as that can be seen.</summary>
    public static string Healthy(DiagnosisResult result) => result.LacksKeys
        ? "Nothing is wrong with it, as far as that can be seen without keys."
        : "Nothing is wrong with it.";

    private static string Heading(DiagnosisResult result, int index)
    {
        var confidence = result.Causes[index].Confidence;
        var word = index == 0 && confidence >= NamedCause.Likely ? "Most likely"
            : confidence >= NamedCause.Possible ? index == 0 ? "Possibly" : "Or else"
            : "A guess";
        return $"{word} ({confidence} %)";
    }

    private static void Add(StringBuilder text, TextColumn column, Ink ink, NamedCause cause, string heading)
    {
        column.Line($"{ink.Bold(heading)}: ", heading.Length + 2, $"{cause.Sentence}. [{cause.Id}]");
        Field(column, "evidence", cause.Evidence);
        if (heading != "Worth knowing" && !cause.Evidence.Contains(cause.Because))
            Field(column, "because", [cause.Because]);
        Field(column, "remedy",
        [
            .. cause.Server is { } server ? new[] { $"server: {server}" } : [],
            .. cause.Client is { } client ? new[] { $"client: {client}" } : [],
        ]);
        Field(column, "source", [$"{cause.Source}: {cause.Says}"]);
    }

    private static void Field(TextColumn column, string name, IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
            column.Line(Margin + (i == 0 ? name : "").PadRight(Column), Margin.Length + Column, lines[i]);
    }

    private static void Bold(StringBuilder text, Ink ink, string line) => text.Append(ink.Bold(line)).Append('\n');
}
