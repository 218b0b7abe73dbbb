using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>What became of one cell between two runs.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Kind">How it stands to before.</param>
/// <param name="Before">Its result in the earlier run; null if that has none.</param>
/// <param name="After">Its result in the later run; null if that has none.</param>
/// <param name="Reason">Why it is left out now; null if it is not.</param>
public sealed record CellChange(
    string Cell, ChangeKind Kind, CellResult? Before, CellResult? After, string? Reason = null)
{
    /// <summary>
    /// True if what was not red is worse now: it is red, or was to run and has no result. A cell that nobody plans any
    /// more, or that is left out with a reason, is none: somebody decided that. Nor is a cell that is red, and that the
    /// earlier run did not have, or lost: there is nothing that it worked in.
    /// </summary>
    public bool IsRegression =>
        Before is { IsRed: false } && (Kind is ChangeKind.NewRed or ChangeKind.NotRun);

    /// <summary>What of the result is another than before, as <c>alert: bad_certificate, was none</c>.</summary>
    public IReadOnlyList<string> Differences => Before is null || After is null
        ? []
        : [.. ResultFacts.Differences(Before, After)];
}
