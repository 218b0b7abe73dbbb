using System.CommandLine;

namespace TlsInterop.Bench.Comparison;

/// <summary><c>compare</c>: everyone over the same capture, in turn.</summary>
internal static class CompareCommand
{
    private const double Million = 1e6;

    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A capture that 'generate' wrote, with FILE.keys beside it",
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "The median of so many",
            DefaultValueFactory = _ => 3,
        };
        var command = new Command("compare", "Lets tcpdump, ssldump, tshark and this project read the same capture")
        {
            file, rounds,
        };
        command.SetAction(parsed => Compare(parsed.GetRequiredValue(file), parsed.GetValue(rounds)));
        return command;
    }

    private static int Compare(string file, int rounds)
    {
        var missing = Contender.All.Where(contender => !contender.IsThere).Select(contender => contender.Package);
        if (missing.Distinct().ToList() is { Count: > 0 } packages)
        {
            Console.Error.WriteLine($"Missing. On Debian or Ubuntu: sudo apt-get install {string.Join(' ', packages)}");
            return 2;
        }
        var runs = Contender.All.ToDictionary(contender => contender, _ => new List<MeasuredRun>());
        // In turn, so that a machine that grows slower grows slower for all.
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in Contender.All)
                runs[contender].Add(MeasuredRun.Of(contender.Program, contender.Arguments(file, $"{file}.keys")));
        }
        Print(new FileInfo(file).Length, runs);
        return 0;
    }

    private static void Print(long octets, Dictionary<Contender, List<MeasuredRun>> runs)
    {
        var slowest = runs.Values.Max(Seconds);
        Console.WriteLine("| | seconds | MB/s | times the slowest | peak MB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (contender, measured) in runs)
        {
            var seconds = Seconds(measured);
            Console.WriteLine($"| {contender.Name} | {seconds:0.00} | {octets / Million / seconds:0.0} | "
                + $"{slowest / seconds:0.0} | {measured.Max(run => run.PeakOctets) / Million:0} |");
        }
    }

    private static double Seconds(List<MeasuredRun> runs) =>
        runs.Select(run => run.Elapsed.TotalSeconds).Order().ElementAt(runs.Count / 2);
}
