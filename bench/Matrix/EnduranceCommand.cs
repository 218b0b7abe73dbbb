using System.CommandLine;
using System.Diagnostics;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Bench.Matrix;

/// <summary>
/// <c>endurance</c>: what a cell costs in time and memory as a run goes on. Both ends are of this machine, so that what
/// is measured is the harness; capture, decoder, verifier and journal are those of any run.
/// </summary>
internal static class EnduranceCommand
{
    private static readonly string Loopback = Path.Combine(Checkout.Root, "bench", "Matrix", "loopback.yaml");
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var every = new Option<int>("--every")
        {
            Description = "Cells from one row to the next", DefaultValueFactory = _ => 5000,
        };
        var filter = new Option<string>("--filter")
        {
            Description = "Only cells whose whole id matches", DefaultValueFactory = _ => "**",
        };
        var command = new Command(
            "endurance", "Runs a hundred thousand cells on the loopback, and prints what they cost as it goes on")
        {
            every, filter,
        };
        command.SetAction((parsed, _) => MeasureAsync(parsed.GetValue(every), parsed.GetValue(filter)!));
        return command;
    }

    private static async Task<int> MeasureAsync(int every, string filter)
    {
        var folder = Directory.CreateTempSubdirectory("tlsinterop-bench-runs-");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                Path.Combine(Checkout.Root, "interop"),
                [
                    "run", Loopback, "--engine", "none", "--filter", filter, "--quiet", "--timings", "--output",
                    folder.FullName,
                ])
            {
                UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Checkout.Root,
            })!;
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var curve = new EnduranceCurve(process.Id, every, Console.Out);
            while (!process.WaitForExit(Interval))
            {
                if (Journal(folder.FullName) is { } journal) curve.Look(journal);
            }
            Console.WriteLine((await output).TrimEnd().Split('\n')[^1]);
            return process.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Journal(string folder) => Directory.EnumerateDirectories(folder)
        .Select(run => Path.Combine(run, RunFolder.JournalName)).FirstOrDefault(File.Exists);
}
