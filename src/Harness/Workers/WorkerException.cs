namespace TlsInterop.Harness.Workers;

/// <summary>A worker could not be started, died, or does not answer.</summary>
/// <param name="message">What happened.</param>
/// <param name="command">The command line.</param>
/// <param name="exitCode">Its exit status, or null if it still runs or never ran.</param>
/// <param name="log">The end of its standard error.</param>
/// <param name="cause">The fault below, if any.</param>
public sealed class WorkerException(string message, string command, int? exitCode, string log, Exception? cause = null)
    : Exception(
        $"{message} (command: {command}{(exitCode is null ? "" : $"; exit status {exitCode}")}"
        + $"{(log.Length == 0 ? "" : $"; its log ends: {log}")})",
        cause)
{
    /// <summary>The command line.</summary>
    public string Command { get; } = command;

    /// <summary>Exit status of the process, or null if it still runs or never ran.</summary>
    public int? ExitCode { get; } = exitCode;

    /// <summary>The end of its standard error.</summary>
    public string Log { get; } = log;
}
