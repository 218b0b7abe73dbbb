using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>
/// A red cell for a person: what was expected, what came, why, where the evidence is, and how to see it again.
/// </summary>
public static class RedText
{
    private const int DiffLines = 40;
    private const int NameWidth = 10;
    private const string Indent = "      ";

    private static readonly Dictionary<DiffLineKind, Tone> Tones = new()
    {
        [DiffLineKind.Added] = Tone.Good, [DiffLineKind.Removed] = Tone.Bad, [DiffLineKind.Hunk] = Tone.Place,
    };

    /// <summary>The lines of a cell.</summary>
    /// <param name="result">The cell.</param>
    /// <param name="report">The run that it is of.</param>
    /// <param name="others">Cells of which the very same would be said.</param>
    public static IEnumerable<ReportLine> Of(CellResult result, RunReport report, int others = 0)
    {
        var kind = ResultKinds.Of(result);
        yield return new ReportLine([new(ResultKinds.Heading(kind).PadRight(4) + "  ", ResultKinds.ToneOf(kind)),
            new(result.Cell, Tone.Strong)]);
        foreach (var line in Sentence("Expected:", result.Expected)) yield return line;
        foreach (var line in Sentence("Got:", result.Got)) yield return line;
        foreach (var line in Sentence("Why:", string.Join('\n', result.Why))) yield return line;
        var also = others > 0 ? $"{others} more, that ended the same way" : "";
        foreach (var line in Field("Also:", also)) yield return line;
        foreach (var line in Sentence("Findings:", string.Join('\n', result.Findings))) yield return line;
        foreach (var line in Snapshot(result, report)) yield return line;
        var folder = Path.Combine(report.Folder, result.Evidence ?? "");
        foreach (var line in Field("See:", folder)) yield return line;
        var log = result.ServerLog is { } file ? Path.Combine(report.Folder, file) : null;
        foreach (var line in Field("Server:", log)) yield return line;
        foreach (var line in Field("Again:", AgainLine.Of(report.Again, result.Cell))) yield return line;
    }

    private static IEnumerable<ReportLine> Snapshot(CellResult result, RunReport report)
    {
        // A handshake that has no snapshot yet differs from nothing: the verdict says all of it.
        if (result.Snapshot != "different") yield break;
        var path = Path.Combine(report.Snapshots, report.Plan.SnapshotName(result.Cell));
        if (Read($"{path}.received.txt") is not { } received) yield break;
        var accept = report.Again.Replace(" run", " accept", StringComparison.Ordinal)
            + $" --filter {Shell.Quote(result.Cell)}";
        foreach (var line in Field("Snapshot:", $"{path}.verified.txt; if the new one is right: {accept}"))
            yield return line;
        var diff = SnapshotDiff.Unified(Read($"{path}.verified.txt"), received);
        foreach (var line in diff.Take(DiffLines))
            yield return new ReportLine([Indent + "  ", new ReportText(line.Text, Tones.GetValueOrDefault(line.Kind))]);
        if (diff.Count > DiffLines)
            yield return new ReportLine([new ReportText(
                $"{Indent}  … {diff.Count - DiffLines} more lines: {path}.received.txt", Tone.Quiet)]);
    }

    // Unlike places and commands it may be read in pieces.
    private static IEnumerable<ReportLine> Sentence(string name, string? text) =>
        Field(name, text).Select(line => line with { Hang = Indent.Length + NameWidth });

    private static IEnumerable<ReportLine> Field(string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) yield break;
        foreach (var line in text.Split('\n'))
        {
            yield return new ReportLine([new ReportText(Indent + name.PadRight(NameWidth), Tone.Quiet), line]);
            name = "";
        }
    }

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
