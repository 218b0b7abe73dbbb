using System.Diagnostics;
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
    public async Task What_a_program_said_until_its_deadline_is_all_there_when_the_answer_comes()
    {
        var (lines, isAnswered) = (0, false);
        var late = 0;
        var result = await Command.RunAsync(
            "bash", ["-c", "while echo x; do :; done"], TimeSpan.FromMilliseconds(500), _ =>
            {
                Interlocked.Increment(ref lines);
                if (Volatile.Read(ref isAnswered)) Interlocked.Increment(ref late);
            });
        Volatile.Write(ref isAnswered, true);
        using var gone = Process.Start("sleep", "0.2");
        await gone.WaitForExitAsync();

        Assert.That(late, Is.Zero);
        Assert.That(result.Output, Has.Length.EqualTo(2 * lines).And.Length.GreaterThan(0));
    }

    [Test]
    public async Task Silence_ends_a_program_that_still_has_time()
    {
        var result = await Command.RunAsync("sleep", ["60"], Long, silence: TimeSpan.FromSeconds(1));

        Assert.That(result.ExitCode, Is.EqualTo(124));
        Assert.That(result.Errors, Does.Contain("silent for 1 s"));
    }

    [Test]
    public void Who_cancels_gets_no_answer()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.That(async () => await Command.RunAsync("sleep", ["60"], Long, cancellationToken: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }
}
