using System.Globalization;

namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>
/// Whose something is that outlives its process if that is killed: containers, folders. The next process sees by it
/// that nobody needs them any more.
/// </summary>
internal static class Owner
{
    /// <summary>This process: its number and, as numbers come again, the time at which it started.</summary>
    public static string Own => Of(Environment.ProcessId) ?? $"{Environment.ProcessId}-0";

    /// <summary>True if the process that an owner names runs no more.</summary>
    public static bool IsGone(string owner)
    {
        var process = int.TryParse(owner.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : 0;
        return Of(process) != owner;
    }

    /// <summary>The owner that a process is; null if there is no such process.</summary>
    public static string? Of(int process)
    {
        try
        {
            // proc_pid_stat(5): the name in parentheses may hold spaces; starttime is the 20th field behind it.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return $"{process}-{stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19]}";
        }
        catch (IOException)
        {
            return null;
        }
    }
}
