using Spectre.Console;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>
/// Servers by clients: how many cells each pair ran, how many of them are red, and how many were to run and did not.
/// </summary>
public static class VerdictTable
{
    private const string Lost = "○";

    /// <summary>The table; if it is wider than there is room, one line a server instead.</summary>
    /// <param name="plan">What was to run.</param>
    /// <param name="results">What ran.</param>
    /// <param name="width">Columns that there is room for.</param>
    public static IReadOnlyList<ReportLine> Of(MatrixPlan plan, IEnumerable<CellResult> results, int width)
    {
        var rows = results.Select(result => Row(result.Cell, result)).ToList();
        var ran = rows.Select(row => row.Cell).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(plan.Cells.Where(cell => !ran.Contains(cell.Id)).Select(cell => Row(cell.Id, null)));
        var servers = rows.Select(row => row.Server).Distinct().Order().ToList();
        var clients = rows.Select(row => row.Client).Distinct().Order().ToList();
        var pairs = rows.ToLookup(row => (row.Server, row.Client), row => row.Result);
        var table = Columns("\nserver", clients.Select(client => $"{ColumnName(client, clients)}\n{client.Version}"));
        foreach (var server in servers)
        {
            table.AddRow(
            [
                new Text(server.ToString()),
                .. clients.Select(client => ReportParagraph.Of(new ReportLine([Count([.. pairs[(server, client)]])]))),
            ]);
        }
        return ReportTable.Lines(ReportTable.WidthOf(table) <= width ? table : Narrow(rows, servers), width);
    }

    private static Table Narrow(
        List<(EndpointReference Server, EndpointReference Client, string Cell, CellResult? Result)> rows,
        List<EndpointReference> servers)
    {
        var table = Columns("", [""]);
        table.ShowHeaders = false;
        table.Columns[1].Alignment = Justify.Left;
        var ofServer = rows.ToLookup(row => row.Server, row => row.Result);
        foreach (var server in servers)
        {
            var lost = ofServer[server].Count(result => result is null);
            var counts = ResultKinds.Counts(
                ofServer[server].OfType<CellResult>().CountBy(ResultKinds.Of).ToDictionary());
            table.AddRow(
                new Text(server.ToString()),
                ReportParagraph.Of(lost == 0 ? counts
                    : new([.. counts.Parts, new ReportText($", {lost} not run", Tone.Bad)])));
        }
        return table;
    }

    private static Table Columns(string first, IEnumerable<string> others)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumn(Column(first, Justify.Left));
        foreach (var name in others) table.AddColumn(Column(name, Justify.Right));
        // Without a border what stands left of a column is not drawn.
        table.Columns[^1].Padding = new Padding(0);
        return table;
    }

    private static TableColumn Column(string name, Justify alignment) =>
        new(ReportParagraph.Of(name.Split('\n').Select(line => new ReportLine(new ReportText(line, Tone.Quiet)))))
        {
            Alignment = alignment, Padding = new Padding(0, 0, 2, 0),
        };

    // 12 if all is well, 1/12 if one of twelve is red, ○ 5/12 if five did not run: what stands out among plain numbers.
    private static ReportText Count(List<CellResult?> cells)
    {
        var reds = cells.Count(cell => cell is { IsRed: true });
        var lost = cells.Count(cell => cell is null);
        return (cells.Count, reds, lost) switch
        {
            (0, _, _) => new("·", Tone.Quiet),
            (var all, 0, 0) => new($"{all}", Tone.Good),
            (var all, _, 0) => new($"{reds}/{all}!", Tone.Bad),
            (var all, 0, _) => new($"{Lost} {lost}/{all}", Tone.Bad),
            (var all, _, _) => new($"{reds}/{all}! {Lost} {lost}", Tone.Bad),
        };
    }

    // A name stands above the first of its versions only.
    private static string ColumnName(EndpointReference client, List<EndpointReference> clients) =>
        clients.Find(other => other.Name == client.Name) == client ? client.Name : "";

    private static (EndpointReference Server, EndpointReference Client, string Cell, CellResult? Result) Row(
        string id, CellResult? result)
    {
        var parts = id.Split('/');
        return (Endpoint(parts[0]), Endpoint(parts.Length > 1 ? parts[1] : "?"), id, result);
    }

    private static EndpointReference Endpoint(string text) =>
        EndpointReference.TryParse(text, out var reference) ? reference : new EndpointReference(text);
}
