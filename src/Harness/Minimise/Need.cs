namespace TlsInterop.Harness.Minimise;

/// <summary>What a failure needs: that a dimension has one of some values.</summary>
/// <param name="Dimension">The dimension, by number.</param>
/// <param name="Red">Values with which the failure stays, its own first.</param>
/// <param name="Cured">Values with which it goes away.</param>
/// <param name="Untried">Values of which that is not known.</param>
public sealed record Need(
    int Dimension, IReadOnlyList<int> Red, IReadOnlyList<int> Cured, IReadOnlyList<int> Untried)
{
    /// <summary>
    /// Dimensions that changed with it whenever it was changed, so that it may be they that the failure needs.
    /// </summary>
    public IReadOnlyList<int> OrElse { get; init; } = [];
}
