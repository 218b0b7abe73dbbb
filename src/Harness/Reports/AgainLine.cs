using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Reports;

/// <summary>
/// The line that runs a cell again, to be pasted into a shell: ids come from journals, which anybody writes.
/// </summary>
internal static class AgainLine
{
    private const string Usual = "./interop run";

    /// <summary>The line.</summary>
    /// <param name="run">The command that runs its matrix; null if nobody wrote it down.</param>
    /// <param name="cell">The cell's id.</param>
    public static string Of(string? run, string cell) => $"{run ?? Usual} --cell {Shell.Quote(cell)}";
}
