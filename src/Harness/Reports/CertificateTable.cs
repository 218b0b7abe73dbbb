using System.Text.RegularExpressions;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>What each client did with each fault of a certificate: the alert, its exit code and its words.</summary>
public static partial class CertificateTable
{
    private const int WidestWords = 140;

    /// <summary>The lines; none if no certificate had a fault.</summary>
    public static IEnumerable<ReportLine> Of(IEnumerable<CellResult> results)
    {
        var rows = results.Select(Row).OfType<(Cell Cell, CellResult Result)>().ToList();
        if (rows.Count == 0) yield break;
        yield return new ReportLine(
        [
            new ReportText("What clients do with a certificate that has a fault, and whether that fits", Tone.Strong),
        ]);
        foreach (var profile in CertificateProfile.All.Where(profile => profile.Fault is not null))
        {
            var own = rows.Where(row => row.Cell.Certificate == profile.Name).ToList();
            if (own.Count == 0) continue;
            yield return ReportLine.Empty;
            yield return new ReportLine(
                [new ReportText($"{profile.Name}: {profile.Fault}: {Rule(profile.Fault!)}", Tone.Strong)]);
            foreach (var line in Lines(own)) yield return new ReportLine([line]);
        }
    }

    // Versions and servers that make no difference share a line, and so do words that differ in a time or an address.
    private static IEnumerable<string> Lines(IEnumerable<(Cell Cell, CellResult Result)> rows)
    {
        var lines = rows.Select(row => (row.Cell, Client: row.Cell.Client.ToString(), Texts: Texts(row.Result)))
            .GroupBy(row => (row.Client, row.Texts.Did, Said: Digits().Replace(row.Texts.Said, "#")))
            .Select(group => new[]
            {
                group.Key.Client,
                string.Join(
                    ' ', group.Select(row => Axis.Version.Of(row.Cell)).Distinct().Order(StringComparer.Ordinal)),
                group.Key.Did, group.First().Texts.Said,
            })
            .OrderBy(line => line[0], StringComparer.Ordinal).ThenBy(line => line[1], StringComparer.Ordinal).ToList();
        var widths = Enumerable.Range(0, 3).Select(column => lines.Max(line => line[column].Length)).ToArray();
        return lines.Select(line =>
            $"  {string.Join("  ", line.Take(3).Zip(widths, (text, width) => text.PadRight(width)))}  {line[3]}");
    }

    private static (Cell, CellResult)? Row(CellResult result) =>
        result.Certificate is not null && CellId.TryParse(result.Cell, out var cell, out _) ? (cell, result) : null;

    private static string Rule(CertificateFault fault) =>
        fault.Refusal == Refusal.Must ? "a client must refuse it" : "a client may accept it";

    private static (string Did, string Said) Texts(CellResult result)
    {
        var answer = result.Certificate!;
        var did = answer.Reaction switch
        {
            CertificateReaction.Accepted => "accepted",
            CertificateReaction.Left => "left without an alert",
            _ => $"alert {answer.Alert}: {Fit(answer.Fit)}",
        };
        var exit = $"exit {result.ClientExitCode}";
        if (answer.Reaction == CertificateReaction.Accepted) return (did, exit);
        if (result.ClientExitCode == 0) exit += " as if all were well";
        if (answer.Words.Length == 0) return (did, $"{exit}, no words");
        var words = answer.Words.Length > WidestWords ? answer.Words[..WidestWords] + "..." : answer.Words;
        return (did, $"{exit}, {(answer.WordsFit ? "words fit" : "words don't name it")}: {words}");
    }

    private static string Fit(AlertFit? fit) => fit switch
    {
        AlertFit.Exact => "fits",
        AlertFit.Vague => "vague",
        _ => "does not fit",
    };

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
