using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>Endpoints in few words.</summary>
public static class EndpointNames
{
    /// <summary>Who some cells are of: a line of servers, a line of clients.</summary>
    public static IEnumerable<ReportLine> Lines(IReadOnlyCollection<Cell> cells) =>
    [
        new([$"        servers {Of(cells.Select(cell => cell.Server))}"]),
        new([$"        clients {Of(cells.Select(cell => cell.Client))}"]),
    ];

    /// <summary>The cells of some results.</summary>
    public static List<Cell> CellsOf(IEnumerable<CellResult> results) => [.. results
        .Select(result => CellId.TryParse(result.Cell, out var cell, out _) ? cell : null).OfType<Cell>()];

    /// <summary>Those of one name together: <c>curl@{bookworm,sid}, sslstream</c>.</summary>
    public static string Of(IEnumerable<EndpointReference> endpoints) => string.Join(", ", endpoints.Distinct().Order()
        .GroupBy(endpoint => endpoint.Name)
        .Select(same => same.ToArray() switch
        {
            [var only] => only.ToString(),
            var several => $"{same.Key}@{{{string.Join(',', several.Select(endpoint => endpoint.Version))}}}",
        }));
}
