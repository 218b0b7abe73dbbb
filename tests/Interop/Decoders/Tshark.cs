using System.Diagnostics;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>Runs tshark, the other decoder.</summary>
internal static class Tshark
{
    private static readonly string[] Preferences = ["-n", "-o", "tcp.reassemble_out_of_order:TRUE"];

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>True if there is a tshark on this machine.</summary>
    public static bool IsInstalled { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "tshark")));

    /// <summary>Runs it over a capture.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static string Run(string capture, string? keys, IEnumerable<string> options)
    {
        string[] keyLog = keys is null ? [] : ["-o", $"tls.keylog_file:{Path.GetFullPath(keys)}"];
        var start =
            new ProcessStartInfo("tshark", [.. Preferences, "-r", Path.GetFullPath(capture), .. keyLog, .. options])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Preferences of the person who runs the tests would change what it reads.
        start.Environment["XDG_CONFIG_HOME"] = start.Environment["HOME"] = "/nonexistent";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("no process for tshark");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Deadline))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"tshark did not end within {Deadline.TotalSeconds} s: {capture}");
        }
        return process.ExitCode == 0 || output.Result.Length > 0
            ? output.Result
            : throw new InvalidOperationException($"tshark ended with {process.ExitCode}: {error.Result}");
    }
}
