namespace TlsInterop.Harness.Matrix;

/// <summary>A matrix, or a file that speaks about its cells, cannot be used. It names every problem at once.</summary>
public sealed class MatrixException(IReadOnlyList<FileProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All problems, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Problems { get; } = problems;
}
