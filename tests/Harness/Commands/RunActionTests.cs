using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Harness.Verdicts;
using static TlsInterop.Harness.Tests.Commands.TestCells;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class RunActionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string _folder = "";
    private string _snapshots = "";
    private StringWriter _output = new();
    private int? _left;

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-run-").FullName;
        _snapshots = Path.Combine(_folder, "snapshots");
        _output = new StringWriter();
        _left = null;
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_run_with_every_cell_as_expected_is_green()
    {
        var session = Session(
            Plan([First, Second], (Third, "the server does not offer TLS 1.3")), cell => Passed(cell.Id));

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Green));
        Assert.That(_output.ToString(),
            Does.Contain("smoke      3 cells = 2 to run + 1 skipped (1 × the server does not offer TLS 1.3)"));
        Assert.That(LastLine, Does.StartWith("2 run: 2 pass · 1 skipped with reason · 0 lost packets · report: "));
        Assert.That(session.IsDisposed, Is.True);
    }

    [Test]
    public async Task One_red_cell_makes_the_run_red_and_is_told_with_the_line_that_runs_it_again()
    {
        var session = Session(Plan([First, Second]), cell => cell.Id == First ? Failed(First) : Passed(cell.Id));

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Red));
        Assert.That(_output.ToString(), Does.Contain($"./interop run --cell '{First}'"));
        Assert.That(LastLine, Does.StartWith("2 run: 1 pass, 1 fail · "));
    }

    [Test]
    public async Task A_known_failure_leaves_the_run_green()
    {
        var session = Session(Plan([First]), cell => Failed(cell.Id) with { IsRed = false });

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Green));
        Assert.That(LastLine, Does.StartWith("1 run: 0 pass, 1 known failure · "));
    }

    [Test]
    public async Task A_flaky_cell_is_red_and_its_page_shows_where_its_runs_part()
    {
        var session = Session(Plan([First, Second]), cell => cell.Id == First
            ? Failed(First) with { Verdict = Verdict.Flaky, Why = ["red 1 times of 4; where they part: x (see attempt-2)"] }
            : Passed(cell.Id));
        var evidence = Path.Combine(session.Folder.Path, "cells", First);
        Directory.CreateDirectory(Path.Combine(evidence, "attempt-2"));
        File.WriteAllText(Path.Combine(evidence, "handshake.txt"), "verdict fail\n\n← alert internal_error\n");
        File.WriteAllText(Path.Combine(evidence, "attempt-2", "handshake.txt"), "verdict pass\n\n← Certificate\n");

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Red));
        Assert.That(LastLine, Does.StartWith("2 run: 1 pass, 1 flaky · "));
        var page = Path.Combine(session.Folder.Path, "report", "cells", First + ".html");
        Assert.That(File.ReadAllText(page),
            Does.Contain("Difference to the same cell&#x27;s attempt-2").And.Contain("internal_error"));
    }

    [Test]
    public async Task A_run_of_no_cells_is_red_and_says_why_there_were_none()
    {
        var session = Session(
            Plan([], (First, "no engine")), _ => throw new InvalidOperationException("no cell may run"));

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Red));
        Assert.That(_output.ToString(), Does.Contain("no cell ran, and that is never green. Skipped: 1 × no engine"));
    }

    [Test]
    public async Task A_known_failure_that_matches_no_cell_makes_a_whole_run_red_but_not_a_filtered_one()
    {
        const string list = """
            failures:
              - cells: exim@warty/**
                reason: it fails
                signature: { alert: handshake_failure }
                expires: 2999-01-01
            """;
        var known = KnownFailures.Parse(list, "known-failures.yaml");

        Assert.That(await RunAsync(Session(Plan([First]), cell => Passed(cell.Id), known)), Is.EqualTo(ExitStatus.Red));
        Assert.That(_output.ToString(),
            Does.Contain("known-failures.yaml:2:5: 'exim@warty/**' matches no cell of the matrices"));
        Assert.That(await RunAsync(Session(Plan([First]), cell => Passed(cell.Id), known), Glob.Parse("openssl@*/**")),
            Is.EqualTo(ExitStatus.Green));
    }

    [Test]
    public async Task A_cell_that_the_harness_trips_over_is_an_error_and_the_others_go_on()
    {
        var session = Session(Plan([First, Second]),
            cell => cell.Id == First ? throw new InvalidOperationException("tripped") : Passed(cell.Id));

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Red));
        Assert.That(_output.ToString(), Does.Contain("tripped"));
        Assert.That(LastLine, Does.StartWith("2 run: 1 pass, 1 error · "));
    }

    [Test]
    public async Task Cells_that_wait_leave_the_workers_to_the_others()
    {
        using var others = new CountdownEvent(2);
        var session = new SessionDouble(
            Plan([Idle("bookworm"), Idle("trixie"), Idle("sid"), First, Second]), _folder, async (cell, stop) =>
            {
                if (cell.Scenario != "idle") others.Signal();
                else await Task.Run(() => others.Wait(stop), stop);
                return Passed(cell.Id);
            });
        using var interruption = Interruption();
        var arguments = Arguments([]);

        Assert.That(
            await RunAsync(session, interruption, arguments with { Options = arguments.Options with { Workers = 2 } })
                .WaitAsync(Patience), Is.EqualTo(ExitStatus.Green));
    }

    [Test]
    public async Task Who_asks_for_one_worker_gets_one_cell_after_the_other()
    {
        var (now, most) = (0, 0);
        var session = new SessionDouble(
            Plan([Idle("bookworm"), First, Idle("trixie"), Second]), _folder, async (cell, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
                return Passed(cell.Id);
            });

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Green));
        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task A_full_disk_ends_the_run_with_one_message_and_what_was_done_is_reported()
    {
        var session = Session(Plan([First, Second]),
            cell => cell.Id == First ? Passed(First) : throw new IOException("No space left on device : '/runs'"));

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Unusable));
        Assert.That(_output.ToString(), Does.Contain("ERROR  The disk is full: No space left on device"));
        Assert.That(_output.ToString(), Does.Contain("1 run: 1 pass · 1 not run (the run broke off) · "));
        Assert.That(_output.ToString(), Does.Not.Contain("   at TlsInterop"));
        Assert.That(session.IsDisposed, Is.True);
    }

    [Test]
    public async Task A_lost_result_is_an_error_of_its_own()
    {
        var session = Session(Plan([First, Second]), _ => Passed(First));

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Red));
        Assert.That(_output.ToString(),
            Does.Contain("Expected: 2 planned = 2 run + 0 skipped. Got: 2 results for 1 of the 2 cells to run."));
    }

    [Test]
    public async Task After_Ctrl_C_no_cell_is_taken_the_cell_under_way_is_kept_and_the_rest_is_told()
    {
        using var interruption = Interruption();
        var session = Session(Plan([First, Second, Third]), cell =>
        {
            if (cell.Id == Second) interruption.Come("Ctrl-C");
            return Passed(cell.Id);
        });

        Assert.That(await RunAsync(session, interruption), Is.EqualTo(ExitStatus.Interrupted));
        Assert.That(session.Executed, Is.EqualTo(2));
        Assert.That(LastLine, Does.StartWith("2 run: 2 pass · 1 not run (Ctrl-C) · "));
        Assert.That(session.IsDisposed, Is.True, "containers are removed");
        Assert.That(_left, Is.Null);
    }

    [Test]
    public async Task After_Ctrl_C_a_cell_that_does_not_end_is_given_up_when_its_grace_is_over()
    {
        using var interruption = Interruption();
        var session = new SessionDouble(Plan([First, Second]), _folder, async (cell, cancellationToken) =>
        {
            if (cell.Id == First) return Passed(First);
            interruption.Come("SIGTERM");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("unreachable");
        });

        Assert.That(await RunAsync(session, interruption).WaitAsync(Patience), Is.EqualTo(ExitStatus.Interrupted));
        Assert.That(LastLine, Does.StartWith("1 run: 1 pass · 1 not run (SIGTERM) · "));
    }

    [Test]
    public void The_second_Ctrl_C_leaves_at_once()
    {
        using var interruption = Interruption();
        interruption.Come("Ctrl-C");
        Assert.That(_left, Is.Null);
        interruption.Come("Ctrl-C");
        Assert.That(_left, Is.EqualTo(ExitStatus.Interrupted));
    }

    [Test]
    public async Task The_report_file_holds_the_report_with_its_header_and_every_reason_to_skip()
    {
        var session = Session(Plan([First], (Third, "reason one"), (Fourth, "reason two")), _ => Failed(First));
        await RunAsync(session);

        var text = await File.ReadAllTextAsync(Path.Combine(session.Folder.Path, RunReportFile.Name));
        Assert.That(text, Does.StartWith("engine     double 1.0"));
        Assert.That(text,
            Does.Contain($"FAIL  {First}").And.Contain("skipped 1 × reason one")
                .And.Contain("skipped 1 × reason two"));
    }

    [Test]
    public async Task The_journal_tells_what_was_to_be_run_with_what_and_how_it_ended()
    {
        var session = Session(Plan([First, Second]), cell => Passed(cell.Id));
        await RunAsync(session);

        var header = session.Headers.Single();
        Assert.That((header.Matrix, header.Run), Is.EqualTo(("smoke", Path.GetFileName(session.Folder.Path))));
        Assert.That(header.Endpoints.Select(endpoint => endpoint.Name),
            Is.EquivalentTo((string[])["openssl@trixie", "gnutls@bookworm", "sslstream"]));
        Assert.That(PlanFile.Read(session.Folder.Plan).Digest, Is.EqualTo(header.Plan));
        Assert.That(session.Ends.Single(), Has.Property("Interruption").Null);
    }

    [Test]
    public async Task A_run_that_goes_on_runs_what_is_left_and_reports_all()
    {
        var plan = Plan([First, Second, Third]);
        var session = Session(plan, cell => Passed(cell.Id));
        using (var journal = new Journal(session.Folder.Journal)) journal.Append(Failed(First));
        using var interruption = Interruption();
        var arguments = Arguments([]);

        Assert.That(
            await RunAsync(session, interruption, arguments with
            {
                Planned = PlanFile.Of(plan, "matrices/smoke.yaml"),
                Options = arguments.Options with { Resumed = session.Folder.Path },
            }), Is.EqualTo(ExitStatus.Red));
        Assert.That(session.Executed, Is.EqualTo(2));
        Assert.That(_output.ToString(), Does.Contain("smoke      3 cells = 1 done + 2 to run + 0 skipped"));
        Assert.That(LastLine, Does.StartWith("3 run: 2 pass, 1 fail · "));
    }

    [Test]
    public async Task A_shard_runs_its_own_part_and_tells_which()
    {
        var session = Session(Plan([First, Second, Third, Fourth]), cell => Passed(cell.Id));
        using var interruption = Interruption();

        Assert.That(
            await RunAsync(session, interruption, Arguments([]) with { Shard = new(1, 2) }),
            Is.EqualTo(ExitStatus.Green));
        Assert.That(session.Executed, Is.EqualTo(2));
        Assert.That(_output.ToString(), Does.Contain("smoke      2 cells (shard 1/2) = 2 to run"));
        Assert.That(session.Headers.Single().Shard, Is.EqualTo("1/2"));
        Assert.That(PlanFile.Read(session.Folder.Plan).Cells, Has.Count.EqualTo(4), "the plan of all shards");
    }

    [Test]
    public async Task A_talkative_run_tells_each_cell_and_hands_its_report_on()
    {
        var session = Session(Plan([First, Second]), cell => cell.Id == First ? Failed(First) : Passed(cell.Id));
        using var interruption = Interruption();
        RunReport? told = null;
        await new RunAction(
            Arguments([]) with { Verbose = true }, Opening(session), Screen(),
            interruption, TimeProvider.System) { OnReport = report => told = report }.RunAsync();

        Assert.That(_output.ToString(), Does.Contain($"PASS  {Second}  0 ms"));
        using var json = JsonDocument.Parse(RunReportJson.Of(told!));
        Assert.That(json.RootElement.GetProperty("isGreen").GetBoolean(), Is.False);
        Assert.That(json.RootElement.GetProperty("red")[0].GetProperty("cell").GetString(), Is.EqualTo(First));
        Assert.That(json.RootElement.GetProperty("counts").GetProperty("pass").GetInt32(), Is.EqualTo(1));
        Assert.That(File.Exists(json.RootElement.GetProperty("page").GetString()), Is.True, "the pages are written");
    }

    [Test]
    public async Task What_has_not_changed_is_taken_over_and_counted()
    {
        var before = Session(Plan([First, Second]), cell =>
            (cell.Id == First ? Passed(First) : Failed(Second) with { IsRed = false }) with
            {
                Started = DateTimeOffset.UtcNow,
            });
        await RunAsync(before);
        var session = Session(Plan([First, Second]), cell => Passed(cell.Id));
        using var interruption = Interruption();

        var arguments = Arguments([]);
        Assert.That(
            await RunAsync(session, interruption, arguments with { ChangedOnly = true, Since = before.Folder.Path }),
            Is.EqualTo(ExitStatus.Green));
        Assert.That(session.Kept.Select(result => result.Cell), Is.EqualTo((string[])[First]));
        Assert.That(session.Executed, Is.EqualTo(1));
        Assert.That(LastLine, Does.Contain(" · 1 taken over, nothing they depend on has changed"));
    }

    [Test]
    public async Task A_log_holds_no_control_codes()
    {
        await RunAsync(Session(Plan([First, Second]), cell => cell.Id == First ? Failed(First) : Passed(cell.Id)));

        Assert.That(
            _output.ToString().Where(letter => char.IsControl(letter) && letter is not ('\n' or '\r')), Is.Empty);
    }

    [Test]
    public async Task A_quiet_run_tells_the_report_alone()
    {
        var session = Session(Plan([First]), cell => Passed(cell.Id));
        var screen = new RunScreen(_output, 100, HasColour: false, new NoProgress(), IsQuiet: true);
        using var interruption = Interruption();
        await new RunAction(
            Arguments([]), Opening(session), screen, interruption,
            TimeProvider.System).RunAsync();

        Assert.That(_output.ToString(), Does.Not.Contain("engine"));
        Assert.That(LastLine, Does.StartWith("1 run: 1 pass"));
    }

    [Test]
    public async Task An_id_chooses_its_cell_alone()
    {
        var session = Session(Plan([First]), cell => Passed(cell.Id));
        using var interruption = Interruption();
        await RunAsync(session, interruption, Arguments([]) with { Cells = [First] });

        Assert.That(session.Filters.Single().IsMatch(First), Is.True);
        Assert.That(session.Filters.Single().IsMatch(Second), Is.False);
    }

    [Test]
    public async Task An_engine_that_does_not_start_is_told_with_its_remedy()
    {
        Task<IRunSession> Open(
            RunOptions options, Action<string> say, Action<IRunSession> begun, CancellationToken cancellationToken) =>
            throw new EndpointException("docker", "it does not answer", "start it");
        using var interruption = Interruption();
        var action = new RunAction(Arguments([]), Open, Screen(), interruption, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<EndpointException>(action.RunAsync);
        Assert.That(FailureText.Of(failure!), Is.EqualTo("docker: it does not answer\n  remedy: start it"));
    }

    private string LastLine => _output.ToString().TrimEnd().Split('\n')[^1].TrimEnd();

    private static string Idle(string client) => $"openssl@trixie/gnutls@{client}/idle/tls1.3-AES_128_GCM_SHA256";

    private SessionDouble Session(MatrixPlan plan, Func<Cell, CellResult> execute, KnownFailures? known = null) =>
        new(plan, _folder, (cell, _) => Task.FromResult(execute(cell))) { KnownFailures = known ?? KnownFailures.None };

    private RunInterruption Interruption() => new(TimeSpan.FromMilliseconds(50), status => _left = status, _ => { });

    private RunScreen Screen() =>
        new(_output, 100, HasColour: false, new PlainProgress(_output, TimeSpan.FromSeconds(5)));

    private async Task<int> RunAsync(SessionDouble session, params Glob[] filters)
    {
        using var interruption = Interruption();
        return await RunAsync(session, interruption, Arguments(filters));
    }

    private Task<int> RunAsync(SessionDouble session, RunInterruption interruption) =>
        RunAsync(session, interruption, Arguments([]));

    private async Task<int> RunAsync(SessionDouble session, RunInterruption interruption, RunArguments arguments) =>
        await new RunAction(
            arguments, Opening(session), Screen(), interruption,
            TimeProvider.System).RunAsync();

    private static OpenSession Opening(SessionDouble session) => (_, _, begun, _) =>
    {
        begun(session);
        return Task.FromResult<IRunSession>(session);
    };

    [Test]
    public async Task Who_leaves_while_it_still_opens_leaves_nothing_behind_either()
    {
        using var interruption = Interruption();
        var session = Session(Plan([First]), cell => Passed(cell.Id));
        await new RunAction(Arguments([]), (_, _, begun, stop) =>
        {
            begun(session);
            interruption.Come("Ctrl-C");
            interruption.Come("Ctrl-C");
            return Task.FromCanceled<IRunSession>(stop);
        }, Screen(), interruption, TimeProvider.System).RunAsync();

        Assert.That(session.IsAbandoned, Is.True);
        Assert.That(_left, Is.EqualTo(ExitStatus.Interrupted));
    }

    [Test]
    public async Task Files_that_can_t_be_read_any_more_when_all_has_run_do_not_take_the_report_along()
    {
        var session = Session(Plan([First]), cell => Passed(cell.Id));
        using var interruption = Interruption();
        var arguments = Arguments([]);
        var root = Directory.CreateDirectory(Path.Combine(_folder, "checkout", "matrices")).Parent!.FullName;
        // Of this checkout nothing is left but its matrices' folder.
        var status = await RunAsync(session, interruption, arguments with
        {
            Matrix = Path.Combine(root, "matrices", "smoke.yaml"),
            Options = arguments.Options with { Repository = new Repository(root) },
        });

        Assert.That(status, Is.EqualTo(ExitStatus.Red), _output.ToString());
        Assert.That(session.Ends.Single().Problems, Is.Not.Empty);
        Assert.That(_output.ToString(), Does.Contain("1 run: 1 pass"));
    }

    [Test]
    public async Task Who_leaves_at_once_leaves_nothing_behind()
    {
        using var interruption = Interruption();
        var session = new SessionDouble(Plan([First]), _folder, (cell, _) =>
        {
            interruption.Come("Ctrl-C");
            interruption.Come("Ctrl-C");
            return Task.FromResult(Passed(cell.Id));
        });
        await RunAsync(session, interruption, Arguments([]));

        Assert.That(session.IsAbandoned, Is.True);
        Assert.That(_left, Is.EqualTo(ExitStatus.Interrupted));
    }

    [Test]
    public void Who_can_not_clear_away_leaves_all_the_same_and_says_what_stays()
    {
        var said = new List<string>();
        using var interruption = new RunInterruption(TimeSpan.FromSeconds(1), status => _left = status, said.Add)
        {
            Abandon = () => throw new IOException("the key is gone already"),
        };
        interruption.Come("Ctrl-C");
        interruption.Come("Ctrl-C");

        Assert.That(_left, Is.EqualTo(ExitStatus.Interrupted));
        Assert.That(said[^1], Does.Contain("the key is gone already"));
    }

    [Test]
    public void A_plan_of_endpoints_and_scenarios_that_are_gone_is_refused_with_their_names()
    {
        var id = "openssl@potato/gnutls@bookworm/telepathy/tls1.3-AES_128_GCM_SHA256-secp256r1";
        var arguments = Arguments([]) with
        {
            Planned = PlanFile.Of(Plan([First]), "matrices/smoke.yaml") with { Cells = [new(id, 1), new(First, 1)] },
        };

        Assert.That(arguments.Check, Throws.TypeOf<UsageException>().With.Message.Contains(
            "what this checkout does not have: endpoint openssl@potato, scenario telepathy\n  remedy: "));
    }

    private RunArguments Arguments(Glob[] filters) => new()
    {
        Matrix = RepositoryFiles.Find("matrices/smoke.yaml"),
        // One worker: the order of cells is the plan's.
        Options = new RunOptions { Repository = Repository.Find(), Workers = 1, SnapshotsFolder = _snapshots },
        Filters = filters,
    };
}
