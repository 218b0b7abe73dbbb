namespace TlsInterop.Harness.Matrix;

/// <summary>A key that a mapping may have.</summary>
/// <param name="Name">The key.</param>
/// <param name="IsRequired">True if the mapping must have it.</param>
/// <param name="AlsoCalled">Words that people write instead; they are answered with a near match, not accepted.</param>
public sealed record FileKey(string Name, bool IsRequired, params IReadOnlyList<string> AlsoCalled);
