namespace TlsInterop.Harness.Minimise;

/// <summary>A choice of one value in each dimension.</summary>
/// <param name="Number">Its place in the neighbourhood; the failure has 0.</param>
/// <param name="Changes">In what it differs from the failure, in the order of the dimensions.</param>
public sealed record Point(int Number, IReadOnlyList<Change> Changes);
