namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code; 124 if its deadline passed, 127 if there is no such program.</param>
/// <param name="Output">What it wrote to standard output, the last of it if it was millions of characters.</param>
/// <param name="Errors">What it wrote to standard error, likewise.</param>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last lines of what was said, for an error message.</summary>
    public string Tail(int lines = 6) => string.Join('\n',
        (Errors.Trim().Length > 0 ? Errors : Output).TrimEnd().Split('\n').TakeLast(lines)
            .Select(line => line.TrimEnd('\r')));
}
