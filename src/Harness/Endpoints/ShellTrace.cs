namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// What a shell makes of a command: each program with its words as they were when it ran, for readers who have that
/// program and not this one. bash writes it, a line a command.
/// </summary>
internal static class ShellTrace
{
    /// <summary>The file in the command's folder.</summary>
    public const string FileName = "commands";

    // What a function does on its way is told apart by the function's name; the last three are the session's.
    private const string ToDescriptor = "BASH_XTRACEFD=7 PS4='+${FUNCNAME[3]:+ $FUNCNAME:} '; set -x; ";

    /// <summary>Stands before a command: from here on it is written down, and what was before is forgotten.</summary>
    public const string Begin = $"exec 7>{FileName}; {ToDescriptor}";

    /// <summary>The same for a command that may run several times in its folder.</summary>
    public const string GoOn = $"exec 7>>{FileName}; {ToDescriptor}";
}
