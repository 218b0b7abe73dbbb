namespace TlsInterop.Harness.Matrix;

/// <summary>A block whose cells have been chosen.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Model">Its values, and what they can't be together.</param>
/// <param name="Coverage">What its cells meet; null if all that it could have are chosen.</param>
/// <param name="Picked">The cells; null if all are.</param>
internal sealed record PlannedBlock(
    string Name, BlockModel Model, BlockCoverage? Coverage, IReadOnlySet<Cell>? Picked);
