using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>
/// Whose something is that outlives its process if that is killed: containers, folders. The next process sees by it
/// that nobody needs them any more.
/// </summary>
internal static class Owner
{
    private const int Words = 3;

    // Numbers of processes mean something within one start of a machine and one namespace of it: several machines may
    // have one engine, and so may containers that have their own processes.
    private static readonly string? Place = Here();

    /// <summary>
    /// This process: its number, as numbers come again the time at which it started, and where that is said.
    /// </summary>
    public static string Own => Of(Environment.ProcessId) ?? $"{Environment.ProcessId}-0-0";

    /// <summary>
    /// True if the process that an owner names runs no more. Of one that is elsewhere, or can't be looked at, nobody
    /// here knows that.
    /// </summary>
    public static bool IsGone(string owner)
    {
        if (owner.Split('-') is not [var number, _, var place] || Place is null || place != Place
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process)) return false;
        try
        {
            return Of(process) != owner;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The owner that stands at the beginning of a text, before a '-'; null if there is none.</summary>
    public static string? At(string text) =>
        text.Split('-', Words + 1) is { Length: > Words } words ? string.Join('-', words[..Words]) : null;

    /// <summary>The owner that a process is; null if there is no such process.</summary>
    /// <exception cref="UnauthorizedAccessException">It must not be looked at.</exception>
    public static string? Of(int process)
    {
        try
        {
            // proc_pid_stat(5): the name in parentheses may hold spaces; starttime is the 20th field behind it.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return $"{process}-{stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19]}-{Place ?? "0"}";
        }
        catch (IOException)
        {
            return null;
        }
    }

    // random(4): each start of the machine has another boot_id. pid_namespaces(7): what the link says is the same for
    // all processes of one namespace.
    private static string? Here()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return new FileInfo("/proc/self/ns/pid").LinkTarget is not { } space ? null
                : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{boot} {space}")))[..16];
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
