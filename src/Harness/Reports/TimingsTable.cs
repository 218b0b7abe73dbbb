using System.Globalization;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports;

/// <summary>Where the time of a run went.</summary>
public static class TimingsTable
{
    /// <summary>The table.</summary>
    /// <param name="times">Time of each stage, added up over the workers.</param>
    /// <param name="cells">Cells that ran.</param>
    /// <param name="running">Wall clock of the cells alone.</param>
    /// <param name="whole">Wall clock of the whole run.</param>
    /// <param name="peakKilobytes">Peak of the harness' working set in KiB; null if the system doesn't tell.</param>
    public static IEnumerable<ReportLine> Of(
        StageTimes times, int cells, TimeSpan running, TimeSpan whole, long? peakKilobytes)
    {
        var stages = Enum.GetValues<Stage>();
        var sum = stages.Sum(stage => times[stage].TotalMilliseconds);
        yield return new ReportLine([new ReportText("stage      all workers   share   a cell", Tone.Quiet)]);
        foreach (var stage in stages)
        {
            var time = times[stage].TotalMilliseconds;
            var share = sum > 0 ? time / sum : 0;
            var each = stage == Stage.StartUp || cells == 0 ? "" : $"{time / cells,6:0.0} ms";
            yield return new ReportLine(
                [$"{stage.ToString().ToLowerInvariant(),-9}{time / 1000,11:0.00} s{share,8:0.0%}{each,11}"]);
        }
        var perMinute = running > TimeSpan.Zero ? cells / running.TotalMinutes : 0;
        var peak = peakKilobytes is { } kilobytes ? $" · peak memory of the harness {kilobytes / 1024} MB" : "";
        yield return new ReportLine(
            [$"{cells} cells in {running.TotalSeconds:0.0} s = {perMinute:#,0} cells/min"
                + $" · whole run {whole.TotalSeconds:0.0} s{peak}"]);
    }

    /// <summary>The peak of this process' working set in KiB, where the system tells it.</summary>
    // proc_pid_status(5), VmHWM
    public static long? PeakKilobytes()
    {
        if (!File.Exists("/proc/self/status")) return null;
        var line = File.ReadLines("/proc/self/status")
            .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        var value = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
        return long.TryParse(value, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes
            : null;
    }
}
