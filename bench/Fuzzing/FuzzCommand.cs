using System.CommandLine;
using TlsInterop.Tls.Tests.Fuzzing;

namespace TlsInterop.Bench.Fuzzing;

/// <summary><c>fuzz</c>: the tests' fuzzing for as long as one likes.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        var count = new Option<long>("--count")
        {
            Description = "Inputs to decode",
            DefaultValueFactory = _ => 1_000_000,
        };
        var first = new Option<long>("--first")
        {
            Description = "Number of the first input: one that failed, to see it alone",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Another seed gives other inputs",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("fuzz", "Decodes changed captures; ends with 1 if one throws, hangs or eats memory")
        {
            count, first, seed,
        };
        command.SetAction(parsed => Run(parsed.GetValue(first), parsed.GetValue(count), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(long first, long count, int seed)
    {
        var corpus = new FuzzCorpus(Path.Combine(Checkout.Root, "tests", "Tls"));
        var report = new FuzzRun(corpus, seed).Run(first, count, Console.Error.WriteLine);
        Console.WriteLine(report);
        foreach (var failure in report.Failures) Console.WriteLine(failure);
        return report.Failures.Count == 0 ? 0 : 1;
    }
}
