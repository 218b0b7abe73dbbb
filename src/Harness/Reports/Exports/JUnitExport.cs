using System.Globalization;
using System.Xml;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>
/// A run as the XML of JUnit's reports, by the strictest of its schemas, that of Ant: a suite a run, a test case a
/// cell, whose class is server and client.
/// </summary>
internal static class JUnitExport
{
    private enum Outcome { Passed, Failure, Error, Skipped }

    /// <summary>Writes it.</summary>
    public static void Write(RecordedRun run, RunComparison? comparison, TextWriter output)
    {
        var counts = ExportedCell.AllOf(run).CountBy(OutcomeOf).ToDictionary();
        var changes = ExportedCell.ChangesOf(comparison);
        using var xml = XmlWriter.Create(output, new XmlWriterSettings
        {
            Indent = true, NewLineChars = "\n", CloseOutput = false, OmitXmlDeclaration = false,
        });
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        foreach (var (name, value) in Suite(run, counts)) Attribute(xml, name, value);
        Properties(xml, run);
        foreach (var cell in ExportedCell.AllOf(run)) Case(xml, cell, changes.GetValueOrDefault(cell.Id), run);
        xml.WriteElementString("system-out", ForeignText.WithoutControls(
            string.Join('\n', RunProblems.Of(run).Prepend(RunStanding.Of(run).ToString()))));
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.Flush();
        output.Write("\n");
    }

    private static IEnumerable<(string Name, string Value)> Suite(
        RecordedRun run, Dictionary<Outcome, int> counts) =>
    [
        ("name", run.Matrix.Length > 0 ? run.Matrix : "tlsinterop"),
        ("package", "tlsinterop"),
        ("id", "0"),
        ("timestamp", run.Started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
        // Ant's word where it does not know; the name of a machine is nobody's business.
        ("hostname", "localhost"),
        ("tests", Number(counts.Values.Sum())),
        ("failures", Number(counts.GetValueOrDefault(Outcome.Failure))),
        ("errors", Number(counts.GetValueOrDefault(Outcome.Error))),
        ("skipped", Number(counts.GetValueOrDefault(Outcome.Skipped))),
        ("time", Seconds(run.Results.Sum(result => result.Milliseconds))),
    ];

    private static void Properties(XmlWriter xml, RecordedRun run)
    {
        xml.WriteStartElement("properties");
        foreach (var endpoint in run.Header?.Endpoints ?? [])
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", endpoint.Name);
            Attribute(xml, "value", $"{endpoint.Version} {endpoint.Digest}".Trim());
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, ExportedCell cell, CellChange? change, RecordedRun run)
    {
        var parts = cell.Parts;
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", $"{parts[2]}/{parts[3]}");
        Attribute(xml, "classname", $"{parts[0]}/{parts[1]}");
        Attribute(xml, "time", Seconds(cell.Result?.Milliseconds ?? 0));
        switch (OutcomeOf(cell))
        {
            case Outcome.Skipped:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", cell.SkipReason ?? $"known failure: {cell.Result?.Got}");
                xml.WriteEndElement();
                break;
            case Outcome.Error:
                Failed(xml, "error", cell, change, run);
                break;
            case Outcome.Failure:
                Failed(xml, "failure", cell, change, run);
                break;
            case Outcome.Passed:
                break;
        }
        xml.WriteEndElement();
    }

    private static void Failed(XmlWriter xml, string element, ExportedCell cell, CellChange? change, RecordedRun run)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "message", cell.Result is { } red
            ? red.Got ?? $"{cell.Outcome}: the snapshot is {red.Snapshot}"
            : $"it {ChangeKinds.Meaning(ChangeKind.NotRun)}");
        var cause = cell.Result is { } known ? CellCause.Of(known)?.Cause : null;
        Attribute(xml, "type", cause ?? cell.Outcome.Replace(' ', '-'));
        xml.WriteString(ForeignText.WithoutControls(string.Join('\n', Lines(cell, change, run))));
        xml.WriteEndElement();
    }

    private static IEnumerable<string> Lines(ExportedCell cell, CellChange? change, RecordedRun run)
    {
        if (cell.Result is { } result)
        {
            if (result.Expected is { } expected) yield return $"Expected: {expected}";
            if (result.Got is { } got) yield return $"Got: {got}";
            foreach (var why in result.Why) yield return $"Why: {why}";
            foreach (var finding in result.Findings) yield return $"Finding: {finding}";
            if (result.Evidence is { } evidence) yield return $"See: {evidence}";
        }
        if (change is not null) yield return $"Since the run before: it {ChangeKinds.Meaning(change.Kind)}";
        yield return $"Again: {AgainLine.Of(run.Header?.Again, cell.Id)}";
    }

    private static Outcome OutcomeOf(ExportedCell cell) => cell.Result switch
    {
        null => cell.SkipReason is null ? Outcome.Error : Outcome.Skipped,
        { IsRed: true, Verdict: Verdict.Error } => Outcome.Error,
        { IsRed: true } => Outcome.Failure,
        { Verdict: Verdict.Pass } => Outcome.Passed,
        _ => Outcome.Skipped,
    };

    private static void Attribute(XmlWriter xml, string name, string value) =>
        xml.WriteAttributeString(name, ForeignText.WithoutControls(value));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) =>
        (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);
}
