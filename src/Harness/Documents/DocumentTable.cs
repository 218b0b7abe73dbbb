namespace TlsInterop.Harness.Documents;

/// <summary>A table of a document.</summary>
/// <param name="Head">The names of its columns.</param>
/// <param name="Rows">Its rows, a text a column.</param>
internal sealed record DocumentTable(IReadOnlyList<string> Head, IEnumerable<IReadOnlyList<string>> Rows)
{
    /// <summary>The lines of the table in Markdown.</summary>
    public IEnumerable<string> Lines() =>
    [
        Line(Head), Line([.. Head.Select(_ => "---")]), .. Rows.Select(Line),
    ];

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(Cell))} |";

    // What a table or a browser would take for its own.
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Trim()
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
