using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>Servers by clients: how many cells each pair ran, and how many of them are red.</summary>
public static class VerdictTable
{
    private const string Gap = "  ";

    /// <summary>The table; if it is wider than there is room, one line a server instead.</summary>
    /// <param name="results">Results of cells.</param>
    /// <param name="width">Columns that there is room for.</param>
    public static IReadOnlyList<ReportLine> Of(IEnumerable<CellResult> results, int width)
    {
        var rows = results.Select(Row).ToList();
        var servers = rows.Select(row => row.Server).Distinct().Order().ToList();
        var clients = rows.Select(row => row.Client).Distinct().Order().ToList();
        var pairs = rows.ToLookup(row => (row.Server, row.Client), row => row.Result);
        var serverWidth = servers.Append(new EndpointReference("server")).Max(server => server.ToString().Length);
        var widths = clients.Select(
            client => Math.Max(ColumnName(client, clients).Length, client.Version?.Length ?? 0)).ToList();
        if (serverWidth + widths.Sum(column => column + Gap.Length) > width) return Narrow(rows, servers, serverWidth);

        var lines = new List<ReportLine>
        {
            Header("", client => ColumnName(client, clients)),
            Header("server", client => client.Version ?? ""),
        };
        foreach (var server in servers)
        {
            var parts = new List<ReportText> { server.ToString().PadRight(serverWidth) };
            for (var column = 0; column < clients.Count; column++)
            {
                var cells = pairs[(server, clients[column])].ToList();
                parts.Add(Gap);
                parts.Add(Count(cells, widths[column]));
            }
            lines.Add(new ReportLine(parts));
        }
        return lines;

        ReportLine Header(string corner, Func<EndpointReference, string> name) => new(
            [new ReportText(corner.PadRight(serverWidth)
                + string.Concat(clients.Select((client, i) => Gap + name(client).PadLeft(widths[i]))), Tone.Quiet)]);
    }

    private static List<ReportLine> Narrow(
        List<(EndpointReference Server, EndpointReference Client, CellResult Result)> rows,
        List<EndpointReference> servers, int serverWidth) =>
    [
        .. servers.Select(server => new ReportLine(
        [
            server.ToString().PadRight(serverWidth) + Gap,
            .. ResultKinds.Counts(rows
                .Where(row => row.Server == server).CountBy(row => ResultKinds.Of(row.Result)).ToDictionary()).Parts,
        ])),
    ];

    // 12 if all is well, 1/12 if one of twelve is red: a number that stands out among plain ones.
    private static ReportText Count(List<CellResult> cells, int width)
    {
        var reds = cells.Count(cell => cell.IsRed);
        if (cells.Count == 0) return new ReportText("·".PadLeft(width), Tone.Quiet);
        return reds == 0
            ? new ReportText($"{cells.Count}".PadLeft(width), Tone.Good)
            : new ReportText($"{reds}/{cells.Count}!".PadLeft(width), Tone.Bad);
    }

    // A name stands above the first of its versions only.
    private static string ColumnName(EndpointReference client, List<EndpointReference> clients) =>
        clients.Find(other => other.Name == client.Name) == client ? client.Name : "";

    private static (EndpointReference Server, EndpointReference Client, CellResult Result) Row(CellResult result)
    {
        var parts = result.Cell.Split('/');
        return (Endpoint(parts[0]), Endpoint(parts.Length > 1 ? parts[1] : "?"), result);
    }

    private static EndpointReference Endpoint(string text) =>
        EndpointReference.TryParse(text, out var reference) ? reference : new EndpointReference(text);
}
