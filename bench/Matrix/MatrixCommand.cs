using System.CommandLine;
using System.Diagnostics;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Bench.Matrix;

/// <summary><c>matrix</c>: how many cells a minute, beside the same commands with nothing around them.</summary>
internal static class MatrixCommand
{
    private static readonly string File = Path.Combine(Checkout.Root, "bench", "Matrix", "matrix.yaml");

    public static System.CommandLine.Command Create()
    {
        var workers = new Option<int>("--workers")
        {
            Description = "Cells side by side", DefaultValueFactory = _ => Environment.ProcessorCount * 2,
        };
        var rounds = new Option<int>("--rounds") { Description = "The best of so many", DefaultValueFactory = _ => 2 };
        var command = new System.CommandLine.Command(
            "matrix", "Runs cells, and their bare commands in loops, by docker exec and by docker run") { workers, rounds };
        command.SetAction((parsed, _) => MeasureAsync(parsed.GetValue(workers), parsed.GetValue(rounds)));
        return command;
    }

    private static async Task<int> MeasureAsync(int workers, int rounds)
    {
        var (engine, reason) = await ContainerEngine.FindAsync(CancellationToken.None);
        if (engine is null)
        {
            Console.Error.WriteLine($"This needs a container engine, and {reason}");
            return 2;
        }
        var folder = Directory.CreateTempSubdirectory("tlsinterop-bench-runs-");
        try
        {
            var (processes, living) = (new List<RecordedRun>(), new List<RecordedRun>());
            // In turn, so that a machine that grows slower grows slower for all.
            for (var round = 0; round < rounds; round++)
            {
                processes.Add(await RunAsync("*/{openssl,gnutls}@*/**", workers, folder.FullName));
                living.Add(await RunAsync("*/{sslstream,bouncycastle}/**", workers, folder.FullName));
            }
            var repository = Repository.Find();
            var catalogue = repository.Catalogue();
            using var images = new EndpointImages(engine, repository.Containers, _ => { });
            Task<string> ImageOf(EndpointReference endpoint) => NameOfAsync(images, catalogue, endpoint);
            var cells = ReplayedCell.Of(processes[^1]).ToList();
            await using var bare = await BareCommands.StartAsync(cells, ImageOf);
            Console.WriteLine($"{cells.Count} cells with processes of their own, {workers} workers, the best of {rounds}; "
                + $"of {bare.Count} the commands end well with nothing around them");
            Console.WriteLine("| | cells a minute | of the bare loop |\n|---|---|---|");
            var loop = 0.0;
            for (var round = 0; round < rounds; round++)
                loop = Math.Max(loop, (await bare.LoopAsync(workers)).PerMinute);
            void Row(string name, double rate) => Console.WriteLine($"| {name} | {rate:0} | {rate / loop:0.00} |");
            Row("the bare commands in a loop", loop);
            Row("TlsInterop, a process for each handshake", processes.Max(Rate));
            Row("TlsInterop, clients that live on", living.Max(Rate));
            Row("docker exec for each cell", await bare.ExecAsync(workers, Math.Min(bare.Count, 40)));
            Row("docker run for each cell", await bare.RunAsync(workers, Math.Min(bare.Count, 20), ImageOf));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<RecordedRun> RunAsync(string filter, int workers, string folder)
    {
        var known = Directory.GetDirectories(folder).ToHashSet();
        using var process = Process.Start(new ProcessStartInfo(
            // As users run it: compiled to code of this machine.
            Path.Combine(Checkout.Root, "interop"),
            ["run", File, "--filter", filter, "--quiet", "--workers", $"{workers}", "--output", folder])
        {
            UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Checkout.Root,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode > 1) throw new InvalidOperationException(output);
        return RecordedRun.Load(Directory.GetDirectories(folder).Single(run => !known.Contains(run)));
    }

    // Of the last four fifths: by then all endpoints are up.
    private static double Rate(RecordedRun run)
    {
        var cells = run.Results.OrderBy(result => result.Started).Skip(run.Results.Count / 5).ToList();
        var end = cells.Max(cell => cell.Started.AddMilliseconds(cell.Milliseconds));
        return cells.Count / (end - cells[0].Started).TotalMinutes;
    }

    private static async Task<string> NameOfAsync(
        EndpointImages images, EndpointCatalogue catalogue, EndpointReference endpoint) =>
        (await images.EnsureAsync(
            catalogue.Definitions[endpoint.Name], endpoint.Version!, CancellationToken.None)).Name;
}
