using System.Text.RegularExpressions;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Documents;

/// <summary>
/// A document with tables of the code: each stands between <c>&lt;!-- table: NAME --&gt;</c> and
/// <c>&lt;!-- end --&gt;</c>.
/// </summary>
internal static partial class GeneratedDocument
{
    /// <summary>The text with all its tables as they are now.</summary>
    /// <exception cref="InvalidDataException">It names a table that there is not.</exception>
    public static string Renew(string text, EndpointCatalogue catalogue) => Table().Replace(text, place =>
    {
        var name = place.Groups["name"].Value;
        var table = DocumentTables.Find(name, catalogue)
            ?? throw new InvalidDataException(NearMatch.Unknown("table", name, DocumentTables.Names));
        return $"<!-- table: {name} -->\n{string.Join('\n', table.Lines())}\n<!-- end -->";
    });

    [GeneratedRegex(
        @"<!-- table: (?<name>[a-z]+) -->\n.*?<!-- end -->", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Table();
}
