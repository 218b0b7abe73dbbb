namespace TlsInterop.Harness.Reports.History;

/// <summary>What became of one cell in the runs of a folder.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Strip">A letter a run, the oldest first: a row of <see cref="HistoryLetters"/>.</param>
/// <param name="Changes">How often two neighbouring runs had the same inputs and other outcomes.</param>
/// <param name="Comparable">How many neighbouring runs had the same inputs.</param>
/// <param name="LastGood">
/// The last run in which it passed as it should; null if it did in none of these. A known failure is not good.
/// </param>
/// <param name="FirstBad">The first of the reds that it ends with; null if it does not end with one.</param>
public sealed record CellHistory(
    string Cell, string Strip, int Changes, int Comparable, string? LastGood, string? FirstBad)
{
    /// <summary>Share of changes among runs with the same inputs; null if there are no two.</summary>
    public double? FlakeRate => Comparable == 0 ? null : (double)Changes / Comparable;

    /// <summary>True if its outcome changed though nothing that it depends on did.</summary>
    public bool IsFlaky => Changes > 0;

    /// <summary>True if it was red when it ran last.</summary>
    public bool IsRed => FirstBad is not null;

    /// <summary>True if the youngest run was to run it, and has no result of it.</summary>
    public bool IsLost => Strip[^1] == HistoryLetters.Lost;

    /// <summary>True if somebody has to look at it.</summary>
    public bool IsNews => IsRed || IsLost || IsFlaky;
}
