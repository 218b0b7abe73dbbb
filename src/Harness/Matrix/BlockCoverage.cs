namespace TlsInterop.Harness.Matrix;

/// <summary>What the cells of a block meet, of all that its cells could.</summary>
/// <param name="Block">The block's name.</param>
/// <param name="Strength">How many axes at a time.</param>
/// <param name="Cells">How many cells it has.</param>
/// <param name="Met">Combinations of values that the cells have, counted from them.</param>
/// <param name="Possible">Combinations that a cell of the block can have.</param>
public sealed record BlockCoverage(string Block, int Strength, int Cells, int Met, int Possible);
