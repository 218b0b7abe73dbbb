using System.Globalization;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>Endpoints as a table: one line a version.</summary>
public static class EndpointTable
{
    private const int WidestStack = 40;

    private static readonly (string Head, Func<EndpointListing, string> Text)[] Columns =
    [
        ("ENDPOINT", row => row.Reference.ToString()),
        ("ROLES", row => Roles(row.Definition)),
        ("STACK", row => Short(row.Capabilities?.Version ?? "")),
        ("OFFERS", row => row.Capabilities is { } offered ? Offers(offered) : "not asked yet"),
        ("IMAGE", Image),
    ];

    /// <summary>The lines, the first with the names of the columns.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<EndpointListing> rows)
    {
        var texts = rows.Select(row => Columns.Select(column => column.Text(row)).ToArray())
            .Prepend([.. Columns.Select(column => column.Head)])
            .ToList();
        var widths = Columns.Select((_, column) => texts.Max(row => row[column].Length)).ToArray();
        return texts.Select(row =>
            string.Join("  ", row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd());
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
        _ => "server client",
    };

    // A worker has no version, and no image either.
    private static string Image(EndpointListing row) => row switch
    {
        { Reference.Version: null } => "none: it runs on this machine",
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
