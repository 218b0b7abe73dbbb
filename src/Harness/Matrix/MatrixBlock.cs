namespace TlsInterop.Harness.Matrix;

/// <summary>A value of an axis, and the word of the file that it came from.</summary>
internal readonly record struct AxisValue(string Text, YamlScalar Origin);

/// <summary>A rule that takes points out of a block. All its conditions must hold.</summary>
internal sealed record Exclusion(
    YamlValue At, string Because, IReadOnlyList<(Axis Axis, IReadOnlySet<string> Values)> Conditions);

/// <summary>One block of a matrix, read and resolved: every value exists and is spelt as in cell ids.</summary>
/// <param name="At">Where the block stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Strength">How many axes at a time are met in every combination; 0 for every combination of all.</param>
/// <param name="Values">The values of each axis; none for an axis that the block does not say.</param>
/// <param name="Exclusions">The rules that take points out.</param>
internal sealed record MatrixBlock(
    YamlValue At,
    string Name,
    int Strength,
    IReadOnlyDictionary<Axis, List<AxisValue>> Values,
    IReadOnlyList<Exclusion> Exclusions);
