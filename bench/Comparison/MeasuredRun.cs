using System.Diagnostics;

namespace TlsInterop.Bench.Comparison;

/// <summary>One run of a program: how long it took, and the most memory it had.</summary>
internal readonly record struct MeasuredRun(TimeSpan Elapsed, long PeakOctets)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a program; what it writes goes nowhere.</summary>
    public static MeasuredRun Of(string program, IEnumerable<string> arguments)
    {
        // A pipe that somebody reads would be measured too.
        string[] quiet = ["-c", "exec \"$@\" >/dev/null 2>&1", program, program, .. arguments];
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", quiet))
            ?? throw new InvalidOperationException($"no process for {program}");
        var peak = 0L;
        while (!process.WaitForExit(Interval)) peak = Math.Max(peak, PeakOf(process.Id));
        var elapsed = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? new(elapsed, peak)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    // proc(5): VmHWM is the peak resident set size, in KiB.
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan("VmHWM:".Length, line.Length - "VmHWM: kB".Length)) << 10;
        }
        catch (IOException) // it ended between two looks
        {
            return 0;
        }
    }
}
