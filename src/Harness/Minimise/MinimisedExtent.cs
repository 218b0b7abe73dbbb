using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Minimise;

/// <summary>How far a failure reaches that was minimised: which other cells have it.</summary>
/// <param name="told">The failure.</param>
public sealed class MinimisedExtent(Minimised told)
{
    private readonly List<(CellDimension Dimension, HashSet<string> Red, HashSet<string> Cured)> _needs =
        [.. told.Search.Conditions.Select(need =>
        {
            var dimension = told.Search.Neighbourhood.Dimensions[need.Dimension];
            return (
                CellDimension.All.First(known => known.Name == dimension.Name),
                need.Red.Select(value => dimension.Values[value]).ToHashSet(StringComparer.Ordinal),
                need.Cured.Select(value => dimension.Values[value]).ToHashSet(StringComparer.Ordinal));
        })];

    /// <summary>True if a cell that was not run has all that the failure needs: it would fail likewise.</summary>
    public bool Foretells(Cell cell) => told.Search.Ending == SearchEnding.Answered
        && _needs.TrueForAll(need => need.Red.Contains(need.Dimension.Of(cell, told.Failure)));

    /// <summary>True if a cell ended as this failure does, whatever it has.</summary>
    public bool IsLike(Cell cell, CellResult result) => told.Failed is { } failed
        && FailureLikeness.Compare((told.Failure, failed), (cell, result)).Outcome == TrialOutcome.Red;

    /// <summary>True if a cell that failed did so as this one, and nothing that it has cures this one.</summary>
    public bool Explains(Cell cell, CellResult result) => cell == told.Failure
        || (IsLike(cell, result)
            && _needs.TrueForAll(need => !need.Cured.Contains(need.Dimension.Of(cell, told.Failure))));
}
