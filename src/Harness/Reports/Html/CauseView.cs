using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>Red cells that have one cause.</summary>
/// <param name="Cause">Id of the cause, or what happened where nobody knows it.</param>
/// <param name="IsNamed">True if the diagnosis names it.</param>
/// <param name="Count">How many cells.</param>
/// <param name="Typical">One of them: the first.</param>
/// <param name="Sentence">The cause as it is of that one.</param>
/// <param name="Remedies">What to do, by the end that can.</param>
public sealed record CauseView(
    string Cause, bool IsNamed, int Count, CellLink Typical, string Sentence,
    IReadOnlyList<(string End, string Remedy)> Remedies)
{
    /// <summary>The causes of red cells, the most frequent first.</summary>
    internal static IReadOnlyList<CauseView> Of(IEnumerable<ListedCell> cells) =>
    [
        .. cells.Where(cell => cell.IsRed).GroupBy(cell => cell.Note)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, group.First(), group.Count())),
    ];

    private static CauseView Of(string cause, ListedCell typical, int count)
    {
        var result = typical.Result!;
        var known = CellCause.Of(result);
        return new(cause, known is not null, count, CellLink.Of(typical),
            SafeText.Of(known?.ToString() ?? result.Got ?? cause), RemediesOf(result));
    }

    /// <summary>What to do about a failure, by the end that can.</summary>
    internal static IReadOnlyList<(string End, string Remedy)> RemediesOf(Verdicts.CellResult result) =>
    [
        .. new (string End, string? Remedy)[]
        {
            ("server", CellCause.Of(result)?.Server), ("client", CellCause.Of(result)?.Client),
        }.Where(row => row.Remedy is not null).Select(row => (row.End, SafeText.Of(row.Remedy!))),
    ];
}
