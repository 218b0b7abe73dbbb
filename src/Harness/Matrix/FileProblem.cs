namespace TlsInterop.Harness.Matrix;

/// <summary>One thing that is wrong in a file that people write.</summary>
/// <param name="File">The file as it was named by the caller.</param>
/// <param name="Line">Line, from 1; 0 if the file as a whole is meant.</param>
/// <param name="Column">Column, from 1; 0 if the file as a whole is meant.</param>
/// <param name="Message">What was found, what was expected, and the near match if there is one.</param>
public sealed record FileProblem(string File, int Line, int Column, string Message)
{
    /// <summary>The form that editors and terminals turn into a link: <c>file:line:column: message</c>.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
