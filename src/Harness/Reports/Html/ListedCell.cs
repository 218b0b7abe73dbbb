using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>A cell as the lists of a report have it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Names">The parts of the id.</param>
/// <param name="State">How it stands.</param>
/// <param name="Result">Its result; null if it has none.</param>
/// <param name="Note">The cause of a failure, or the reason to skip it; empty without any.</param>
/// <param name="Change">What became of it since the earlier run; null if nothing, or if there is none.</param>
/// <param name="HasPage">True if there is a page of it alone.</param>
internal sealed record ListedCell(
    string Id, CellNames Names, ListedState State, CellResult? Result, string Note, ChangeKind? Change, bool HasPage)
{
    /// <summary>True if somebody has to look at it.</summary>
    public bool IsRed => Result is { IsRed: true };

    /// <summary>Its page, from the root of the report.</summary>
    public string Page => PageOf(Id);

    /// <summary>The page of a cell, from the root of the report.</summary>
    public static string PageOf(string id) => $"cells/{id}.html";

    /// <summary>What failed cells are put together by: the cause that is named, or else what happened.</summary>
    public static string CauseOf(CellResult result) =>
        CellCause.Of(result)?.Cause ?? (result.Verdict == Verdict.Pass ? PassNote(result) : FirstLine(result.Got));

    private static string PassNote(CellResult result) => result switch
    {
        { IsRed: false } => "",
        { Snapshot: "different" } => "handshake is not the accepted one",
        { Snapshot: "new" } => "no handshake is accepted yet",
        { Why: [var why, ..] } => FirstLine(why),
        _ => FirstLine(result.Got),
    };

    private static string FirstLine(string? text) =>
        text?.Split('\n')[0] is { Length: > 0 } line ? line : CellCause.NotKnown;
}
