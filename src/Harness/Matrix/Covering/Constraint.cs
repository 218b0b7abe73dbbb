namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>A condition on the values of some axes.</summary>
/// <param name="Axes">The axes that it looks at, by number.</param>
/// <param name="Broken">
/// Why values of these axes, in the same order, break it; null if they don't.
/// </param>
internal sealed record Constraint(IReadOnlyList<int> Axes, Func<IReadOnlyList<int>, string?> Broken)
{
    /// <summary>Why a row breaks it, or null.</summary>
    public string? BrokenBy(IReadOnlyList<int> row) => Broken([.. Axes.Select(axis => row[axis])]);
}
