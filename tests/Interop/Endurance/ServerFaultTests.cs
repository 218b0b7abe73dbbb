using System.Diagnostics;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Interop.Tests.Endurance;

/// <summary>Servers to which something happens in the midst of a run: the cell says what, and the others go on.</summary>
[NonParallelizable]
public sealed class ServerFaultTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    // Beside the deadline: what it takes to find out, on a machine that has other work.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(12);

    private string _folder = "";
    private RunSession? _session;

    [SetUp]
    public async Task SetUp()
    {
        await InteropSession.RequireEngineAsync();
        _folder = Directory.CreateTempSubdirectory("tlsinterop-faults-").FullName;
        _session = await RunSession.OpenAsync(
            new RunOptions { Repository = InteropSession.Repository, Deadline = Deadline, RunsFolder = _folder },
            TestContext.Progress.WriteLine, CancellationToken.None);
    }

    [TearDown]
    public async Task TearDown()
    {
        if (_session is { } session)
        {
            // Of most tests it does not stand still, or is no more.
            await Command.RunAsync("docker", ["unpause", Container("exim@bookworm")], TimeSpan.FromSeconds(60));
            await session.DisposeAsync();
            Assert.That(await LeftBehind.AfterAWhileOfAsync(session.Folder.Path), Is.Empty);
        }
        if (_folder.Length > 0) Directory.Delete(_folder, recursive: true);
    }

    // Of one that stands still a new configuration tells, or that nothing comes any more.
    [TestCase("kill", "its shell ended unexpectedly with exit code 137|it was killed: out of memory, or by hand?")]
    [TestCase("stop", "its shell ended unexpectedly|was the container or the engine stopped?")]
    [TestCase("pause", "or the container paused?|none; the last on the wire was ")]
    public async Task A_server_that_something_happens_to_is_told_in_its_cells_and_does_not_hold_up_the_others(
        string happens, string told)
    {
        var (hurt, others) = await CellsAsync("exim@bookworm");
        foreach (var cell in hurt.Take(1).Concat(others))
            Assert.That((await RunAsync(cell)).Verdict, Is.EqualTo(Verdict.Pass), "before it happened");

        await LeftBehind.DockerAsync(happens, Container("exim@bookworm"));
        var since = Stopwatch.StartNew();
        var results = await Task.WhenAll(hurt.Take(1).Concat(others).Select(RunAsync));

        Assert.That(since.Elapsed, Is.LessThan(Deadline + Margin));
        Assert.That(results[0].Verdict, Is.EqualTo(Verdict.Error).Or.EqualTo(Verdict.Hang), Told(results[0]));
        Assert.That(told.Split('|'), Has.Some.Matches<string>(
            words => Told(results[0]).Contains(words!, StringComparison.Ordinal)), Told(results[0]));
        foreach (var result in results[1..]) Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass), Told(result));
    }

    [Test]
    public async Task A_server_that_was_killed_is_started_anew_for_the_next_cell()
    {
        var (hurt, _) = await CellsAsync("exim@bookworm");
        Assert.That((await RunAsync(hurt[0])).Verdict, Is.EqualTo(Verdict.Pass));
        await LeftBehind.DockerAsync("kill", Container("exim@bookworm"));
        Assert.That((await RunAsync(hurt[0])).Verdict, Is.EqualTo(Verdict.Error));

        var result = await RunAsync(hurt[0]);

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass), Told(result));
    }

    [Test]
    public async Task A_server_that_was_held_up_serves_again_when_it_goes_on()
    {
        var (hurt, _) = await CellsAsync("exim@bookworm");
        Assert.That((await RunAsync(hurt[0])).Verdict, Is.EqualTo(Verdict.Pass));
        await LeftBehind.DockerAsync("pause", Container("exim@bookworm"));
        Assert.That((await RunAsync(hurt[0])).IsRed, Is.True);
        await LeftBehind.DockerAsync("unpause", Container("exim@bookworm"));

        var result = await RunAsync(hurt[0]);

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass), Told(result));
    }

    [Test]
    public async Task Whoever_takes_all_memory_of_a_container_is_ended_there_and_the_cells_go_on()
    {
        var (cells, _) = await CellsAsync("exim@bookworm");
        Assert.That((await RunAsync(cells[0])).Verdict, Is.EqualTo(Verdict.Pass));

        // A last line that has no end is kept until it has one.
        var greedy = await Command.RunAsync(
            "docker",
            ["exec", Container("exim@bookworm"), "bash", "-c", "head -c 3G /dev/zero | tail -n 1 >/dev/null"],
            TimeSpan.FromMinutes(1));
        var result = await RunAsync(cells[1]);

        Assert.That(greedy.ExitCode, Is.EqualTo(137), greedy.Errors);
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass), Told(result));
    }

    [Test]
    public async Task A_name_that_nobody_knows_is_answered_at_once()
    {
        var (cells, _) = await CellsAsync("exim@bookworm");
        await RunAsync(cells[0]);

        var since = Stopwatch.StartNew();
        var asked = await Command.RunAsync(
            "docker", ["exec", Container("exim@bookworm"), "getent", "hosts", "mail.example.org"], Deadline);

        Assert.That(asked.ExitCode, Is.EqualTo(2), "getent: the name is not known");
        Assert.That(since.Elapsed, Is.LessThan(Deadline));
    }

    private async Task<(IReadOnlyList<Cell> Hurt, IReadOnlyList<Cell> Others)> CellsAsync(string server)
    {
        var plan = await _session!.PlanAsync(
            InteropSession.Repository.Smoke,
            [Glob.Parse("{exim@bookworm,openssl@trixie,gnutls@trixie}/{openssl@bookworm,gnutls@bookworm}/**")],
            CancellationToken.None);
        var cells = plan.Cells.Where(cell => !_session.Waits(cell)).ToLookup(cell => cell.Server.ToString() == server);
        Assert.That(cells[true].Count(), Is.GreaterThanOrEqualTo(2), "cells of the server that it happens to");
        Assert.That(cells[false], Is.Not.Empty, "cells of other servers");
        return ([.. cells[true].Take(3)], [.. cells[false].Take(6)]);
    }

    private Task<CellResult> RunAsync(Cell cell) => _session!.ExecuteAsync(cell, CancellationToken.None);

    private string Container(string endpoint) =>
        $"tlsinterop-{_session!.Folder.Id}-{endpoint.Replace('@', '-')}";

    private static string Told(CellResult result) => $"{result.Cell}: {result.Verdict}: {result.Got}\n"
        + string.Join('\n', result.Why);
}
