using System.Diagnostics;
using System.Globalization;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class CommandTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Test]
    public async Task What_a_program_says_is_kept_apart()
    {
        var lines = new List<string>();
        var result = await Command.RunAsync("bash", ["-c", "echo out; echo err >&2; exit 3"], Long, line =>
            { lock (lines) lines.Add(line); });

        Assert.That(result, Is.EqualTo(new CommandResult(3, "out\n", "err\n")));
        Assert.That(lines, Is.EquivalentTo((string[])["out", "err"]));
        Assert.That(result.Tail(), Is.EqualTo("err"));
    }

    [Test]
    public async Task A_program_that_is_not_there_is_127()
    {
        var result = await Command.RunAsync("no-such-program-anywhere", [], Long);

        Assert.That((result.ExitCode, result.Succeeded), Is.EqualTo((127, false)));
        Assert.That(result.Errors, Does.StartWith("no-such-program-anywhere: "));
    }

    [Test]
    public async Task A_deadline_that_passes_is_124_with_what_was_said_before()
    {
        var since = Stopwatch.StartNew();
        var result = await Command.RunAsync("bash", ["-c", "echo before; sleep 60"], TimeSpan.FromSeconds(2));

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((124, "before\n")));
        Assert.That(result.Errors, Does.Contain("no end within 2 s"));
        Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task What_a_program_said_before_its_deadline_is_kept_though_it_is_read_after_it()
    {
        var result = await Command.RunAsync(
            "bash", ["-c", "echo $$; echo last; sleep 60"], TimeSpan.FromSeconds(1), line =>
            {
                // Who reads is busy until the program is no more.
                if (line == "last") return;
                using var program = Process.GetProcessById(int.Parse(line, CultureInfo.InvariantCulture));
                program.WaitForExit(Long);
            });

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((124, result.Output.Split('\n')[0] + "\nlast\n")));
    }

    [Test]
    public async Task Silence_ends_a_program_that_still_has_time()
    {
        var result = await Command.RunAsync("sleep", ["60"], Long, silence: TimeSpan.FromSeconds(1));

        Assert.That(result.ExitCode, Is.EqualTo(124));
        Assert.That(result.Errors, Does.Contain("silent for 1 s"));
    }

    [Test]
    public async Task What_a_program_says_last_is_kept_when_it_says_too_much()
    {
        var result = await Command.RunAsync("seq", ["2000000"], Long);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Has.Length.LessThanOrEqualTo(4 << 20).And.EndsWith("\n1999999\n2000000\n"));
    }

    [Test]
    public void Who_cancels_gets_no_answer()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.That(async () => await Command.RunAsync("sleep", ["60"], Long, cancellationToken: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }
}
