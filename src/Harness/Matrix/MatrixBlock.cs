namespace TlsInterop.Harness.Matrix;

/// <summary>A value of an axis, and the word of the file that it came from.</summary>
internal readonly record struct AxisValue(string Text, YamlScalar Origin);

/// <summary>Values of an axis of which a point must have one.</summary>
public readonly record struct Condition(Axis Axis, IReadOnlySet<string> Values);

/// <summary>A rule that takes points out of a block: an exclusion, or a constraint.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="Because">Its reason.</param>
/// <param name="When">It takes out the points that meet all of these...</param>
/// <param name="Then">... unless they meet all of these, of which an exclusion has none.</param>
public sealed record Exclusion(
    YamlValue At, string Because, IReadOnlyList<Condition> When, IReadOnlyList<Condition> Then)
{
    /// <summary>The axes that it looks at.</summary>
    public IEnumerable<Axis> Axes => When.Concat(Then).Select(condition => condition.Axis).Distinct();

    /// <summary>True if it takes out a point, of which it is told the values.</summary>
    public bool Takes(Func<Axis, string?> value)
    {
        bool Meets(Condition condition) => value(condition.Axis) is { } text && condition.Values.Contains(text);
        return When.All(Meets) && !(Then.Count > 0 && Then.All(Meets));
    }
}

/// <summary>A part of a block of which at least one cell runs, however few stand for the block.</summary>
internal sealed record Inclusion(YamlValue At, IReadOnlyList<Condition> Conditions);

/// <summary>One block of a matrix, read and resolved: every value exists and is spelt as in cell ids.</summary>
/// <param name="At">Where the block stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Strength">How many axes at a time are met in every combination; 0 for every combination of all.</param>
/// <param name="Values">The values of each axis; none for an axis that the block does not say.</param>
/// <param name="Exclusions">The rules that take points out.</param>
/// <param name="Inclusions">What must not be missing.</param>
internal sealed record MatrixBlock(
    YamlValue At,
    string Name,
    int Strength,
    IReadOnlyDictionary<Axis, List<AxisValue>> Values,
    IReadOnlyList<Exclusion> Exclusions,
    IReadOnlyList<Inclusion> Inclusions);
