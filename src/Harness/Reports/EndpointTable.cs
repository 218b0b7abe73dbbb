using System.Globalization;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Reports;

/// <summary>Endpoints as a table: one line a version.</summary>
public static class EndpointTable
{
    private const int WidestStack = 30;

    private static readonly (string Head, Func<EndpointListing, string> Text)[] Columns =
    [
        ("ENDPOINT", row => row.Reference.ToString()),
        ("ROLES", row => Roles(row.Definition)),
        ("STACK", row => Short(row.Capabilities?.Version ?? "not asked yet")),
        .. ProtocolVersion.Known.Select<ProtocolVersion, (string, Func<EndpointListing, string>)>(version =>
            (version.Id.ToUpperInvariant().Replace("TLS", "", StringComparison.Ordinal), row => Suites(row, version))),
        ("GROUPS", row => row.Capabilities?.Groups.Count.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("IMAGE", Image),
    ];

    /// <summary>The lines, the first with the names of the columns.</summary>
    /// <param name="rows">The endpoints.</param>
    /// <param name="width">
    /// Columns that there is room for: what has none goes on below, a little to the right.
    /// </param>
    public static IEnumerable<string> Lines(IReadOnlyList<EndpointListing> rows, int width)
    {
        var texts = rows.Select(row => Columns.Select(column => column.Text(row)).ToArray())
            .Prepend([.. Columns.Select(column => column.Head)])
            .ToList();
        var widths = Columns.Select((_, column) => texts.Max(row => row[column].Length)).ToArray();
        foreach (var row in texts)
        {
            var line = row[0].PadRight(widths[0]);
            for (var column = 1; column < row.Length; column++)
            {
                if (line.Length + 2 + row[column].Length > width)
                {
                    yield return line.TrimEnd();
                    line = "  ";
                }
                line += "  " + row[column].PadRight(widths[column]);
            }
            yield return line.TrimEnd();
        }
    }

    /// <summary>What an endpoint offers, in numbers: <c>tls1.2 84, tls1.3 5 suites; 11 groups</c>.</summary>
    public static string Offers(Capabilities offered)
    {
        var versions = offered.Suites.Where(entry => entry.Value.Count > 0)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key} {entry.Value.Count}");
        return $"{string.Join(", ", versions)} suites; {Plural.Of(offered.Groups.Count, "group")}";
    }

    private static string Roles(EndpointDefinition definition) => definition switch
    {
        { Server: null } => "client",
        { Client: null } => "server",
        _ => "both",
    };

    private static string Suites(EndpointListing row, ProtocolVersion version) =>
        row.Capabilities is not { } offered ? ""
        : offered.Suites.TryGetValue(version.Id, out var suites) && suites.Count > 0
            ? suites.Count.ToString(CultureInfo.InvariantCulture) : "-";

    // A worker has no version, and no image either.
    private static string Image(EndpointListing row) => row switch
    {
        { Reference.Version: null } => "of this machine",
        { Image: { } image } => string.Create(
            CultureInfo.InvariantCulture, $"{Digest(image.Id)} {row.Size / 1_000_000} MB"),
        _ => "not built yet",
    };

    // "sha256:" and 64 digits: the engine shows the first twelve as well.
    private static string Digest(string id)
    {
        var digits = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return digits.Length > 12 ? digits[..12] : digits;
    }

    private static string Short(string version)
    {
        var line = version.Split('\n')[0].Trim();
        return line.Length > WidestStack ? line[..(WidestStack - 3)] + "..." : line;
    }
}
