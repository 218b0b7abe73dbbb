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

    /// <summary>Why the first row with the values that are chosen breaks it, or null if none does.</summary>
    /// <param name="sizes">How many values each axis has.</param>
    /// <param name="row">The values; <see cref="CoveringModel.Open"/> stands for any.</param>
    public string? FirstBroken(IReadOnlyList<int> sizes, IReadOnlyList<int> row) =>
        new CoveringModel([.. Axes.Select(axis => sizes[axis])]).AllRows()
            .Where(values => Axes.Zip(values, (axis, value) => row[axis] == CoveringModel.Open || row[axis] == value)
                .All(agrees => agrees))
            .Select(Broken).FirstOrDefault(reason => reason is not null);
}
