namespace TlsInterop.Harness.Commands;

/// <summary>Tells whether a standard stream was given to this program, or is one of its own by chance.</summary>
internal static class Inherited
{
    // fcntl.h O_CLOEXEC, on the processors that .NET knows: what has it did not come over an exec.
    private const int CloseOnExec = 0x80000;

    /// <summary>
    /// False if the stream was closed when the program began: the runtime then takes its number for something else,
    /// for which one would wait without an end. Linux only; elsewhere true.
    /// </summary>
    /// <param name="descriptor">0 for standard input, 1 for standard output.</param>
    public static bool Is(int descriptor)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fdinfo")) return true;
        try
        {
            var flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}")
                .FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return flags is null || (Convert.ToInt32(flags[6..].Trim(), 8) & CloseOnExec) == 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }
}
