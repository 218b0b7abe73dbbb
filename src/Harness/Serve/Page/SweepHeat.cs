using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;

namespace TlsInterop.Harness.Serve.Page;

/// <summary>Every configuration, in a table: servers and their versions across, the rest down.</summary>
/// <param name="Servers">The servers, each with the versions that are columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record SweepHeat(IReadOnlyList<SweepHeat.Server> Servers, IReadOnlyList<SweepHeat.Row> Rows)
{
    /// <summary>A server.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Versions">Its columns.</param>
    public sealed record Server(string Name, IReadOnlyList<string> Versions);

    /// <summary>A suite, and what else is varied.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Cells">One a column; null where there is no such configuration.</param>
    public sealed record Row(string Name, IReadOnlyList<Configuration?> Cells);

    /// <summary>A configuration.</summary>
    /// <param name="State">How it stands.</param>
    /// <param name="Anchor">Where its failure is told; null if it has none.</param>
    public sealed record Configuration(SweepState State, string? Anchor);

    /// <summary>The table of a reading.</summary>
    /// <param name="reading">How the search stands.</param>
    /// <param name="anchorOf">Where the failure of a configuration is told; null if it has none.</param>
    public static SweepHeat Of(SweepReading reading, Func<Cell, string?> anchorOf)
    {
        var columns = reading.Cells.Select(cell => (cell.Server, cell.Version)).Distinct()
            .OrderBy(column => column.Server).ThenBy(column => column.Version).ToList();
        // What the device does not offer at all is the least of interest.
        var rows = reading.Cells.GroupBy(RowOf)
            .OrderBy(group => group.All(cell => reading.StateOf(cell) == SweepState.NotOffered))
            .ThenBy(group => group.Key, StringComparer.Ordinal);
        return new(
            [
                .. columns.GroupBy(column => column.Server).Select(group => new Server(
                    group.Key.ToString(), [.. group.Select(column => column.Version?.ToString() ?? Cell.OwnDefaults)])),
            ],
            [
                .. rows.Select(group =>
                {
                    var cells = group.ToDictionary(cell => (cell.Server, cell.Version));
                    return new Row(group.Key, [.. columns.Select(column => cells.GetValueOrDefault(column) is { } cell
                        ? new Configuration(reading.StateOf(cell), anchorOf(cell)) : null)]);
                }),
            ]);
    }

    private static string RowOf(Cell cell) => string.Join(' ', new[]
    {
        cell.Suite?.ToString() ?? Cell.OwnDefaults, cell.Group,
        cell.Certificate == CertificateProfile.Default ? null : cell.Certificate, cell.Quirk,
    }.Where(part => part is not null));
}
