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
        var shown = new HashSet<string>();
        for (var i = 0; i < result.Causes.Count; i++) Add(column, ink, result.Causes[i], Heading(result, i), shown);
        foreach (var cause in result.WorthKnowing) Add(column, ink, cause, "Worth knowing", shown);
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

    // Evidence that stands under a likelier cause is not said again.
    private static void Add(TextColumn column, Ink ink, NamedCause cause, string heading, HashSet<string> shown)
    {
        column.Line($"{ink.Bold(heading)}: ", heading.Length + 2, $"{cause.Sentence}. [{cause.Id}]");
        List<string> evidence = [.. cause.Evidence.Where(shown.Add)];
        Field(column, "evidence", evidence.Count > 0 ? evidence : ["as above"]);
        if (heading != "Worth knowing" && !cause.Evidence.Contains(cause.Because))
            Field(column, "because", [cause.Because]);
        Field(column, "remedy",
        [
            .. cause.Server is { } server ? new[] { $"server: {server}" } : [],
            .. cause.Client is { } client ? new[] { $"client: {client}" } : [],
            .. cause.Capture is { } capture ? new[] { $"capture: {capture}" } : [],
        ]);
        Field(column, "source", [$"{cause.Source}: {cause.Says}"]);
    }

    private static void Field(TextColumn column, string name, List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
            column.Line(Margin + (i == 0 ? name : "").PadRight(Column), Margin.Length + Column, lines[i]);
    }

    private static void Bold(StringBuilder text, Ink ink, string line) => text.Append(ink.Bold(line)).Append('\n');
}
