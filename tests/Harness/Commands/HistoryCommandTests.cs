using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class HistoryCommandTests : RunCommandsFixture
{
    [Test]
    public async Task Red_cells_come_first_then_flaky_ones_each_with_its_strip()
    {
        WriteThree();
        var (status, output, error) = await AskAsync("history", "--all");

        Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
        var lines = output.TrimEnd().Split('\n');
        Assert.That(lines[^2], Does.StartWith($"PPF  {TestCells.Second}  red since 20261122-020000-3, "
            + "last good: 20261121-020000-2"));
        // openssl@trixie is the same in all runs, and so is gnutls@bookworm: nothing but chance changed the first.
        Assert.That(lines[^1], Does.StartWith($"PFP  {TestCells.First}  flaky: 2 changes in 2 runs"));
        Assert.That(error, Does.Contain("2 cells: 1 red, 1 flaky"));
    }

    [Test]
    public async Task A_change_with_another_harness_or_endpoint_is_no_flake()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        Runs.Write([Red(TestCells.First)], header: header => header with { Harness = "5555666677778888" });
        Runs.Write([TestCells.Passed(TestCells.First)], header: header => header with
        {
            Harness = "5555666677778888",
            Endpoints = [header.Endpoints[0], header.Endpoints[1] with { Digest = "cccccccccccccccc" }],
        });
        var (_, output, error) = await AskAsync("history", "--all", "--format", "csv");

        Assert.That(output, Does.Contain($"{TestCells.First},PFP,,,20261122-020000-3\r\n"));
        Assert.That(error, Does.Contain("0 red, 0 flaky"));
    }

    [Test]
    public async Task A_result_that_was_taken_over_says_nothing_about_chance()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        Runs.Write([TestCells.Passed(TestCells.First) with { ReusedFrom = "20261120-020000-1" }]);
        Runs.Write([TestCells.Passed(TestCells.First)]);
        var (_, output, _) = await AskAsync("history", "--all", "--format", "csv");

        Assert.That(output, Does.Contain($"{TestCells.First},PPP,0,,"));
    }

    [Test]
    public async Task The_last_runs_of_one_matrix_and_the_chosen_cells_are_shown()
    {
        WriteThree();
        Runs.Write([Red(TestCells.Third)], matrix: "nightly");
        var (_, output, _) = await AskAsync(
            "history", "--matrix", "smoke", "--last", "2", "--filter", "*/sslstream/**", "--format", "json");

        using var document = JsonDocument.Parse(output);
        var cell = document.RootElement.GetProperty("cells").EnumerateArray().Single();
        Assert.That(cell.GetProperty("cell").GetString(), Is.EqualTo(TestCells.Second));
        Assert.That(cell.GetProperty("strip").GetString(), Is.EqualTo("PF"));
        Assert.That(document.RootElement.GetProperty("runs").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_cell_that_runs_did_not_have_leaves_a_gap_and_broken_lines_are_told()
    {
        WriteThree();
        var folder = Runs.Write([TestCells.Passed(TestCells.Second) with { Verdict = Verdict.Hang }]);
        await File.AppendAllTextAsync(Path.Combine(folder, "results.jsonl"), "{\"cell");
        var (_, output, _) = await AskAsync("history", "--all");

        Assert.That(output, Does.Contain("PFP·  ").And.Contain("PROBLEM").And.Contain("is cut off"));
    }

    [Test]
    public async Task A_cell_that_the_last_run_lost_is_told_with_its_own_sign()
    {
        Runs.Write([TestCells.Passed(TestCells.First)], missing: [TestCells.Second]);
        Runs.Write([TestCells.Passed(TestCells.Second)], missing: [TestCells.First, TestCells.Third]);
        var (_, output, error) = await AskAsync("history");

        Assert.That(output, Does.Contain($"\n·○  {TestCells.Third}  planned in the last run, and not run\n")
            .And.Contain($"\nP○  {TestCells.First}  planned").And.Not.Contain(TestCells.Second)
            .And.Contain("○ planned, and not run"));
        Assert.That(error, Does.Contain("3 cells: 0 red, 0 flaky, 2 not run; --all shows the other one"));
        Assert.That((await AskAsync("history", "--all")).Output, Does.Contain($"○P  {TestCells.Second}\n"));
    }

    [Test]
    public async Task A_known_failure_was_never_good_and_more_may_be_known_of_older_runs()
    {
        Runs.Write([Red(TestCells.First) with { IsRed = false }]);
        Runs.Write([Red(TestCells.First)]);

        Assert.That((await AskAsync("history")).Output, Does.Contain(
            $"kF  {TestCells.First}  red since 20261121-020000-2, last good: not in these runs"));
        Assert.That((await AskAsync("history", "--last", "1")).Output,
            Does.Contain("1 run, 20261121-020000-2\n").And.Contain("last good: not in these runs"));
    }

    [Test]
    public async Task A_pattern_that_matches_no_cell_is_a_mistake()
    {
        WriteThree();
        var (status, output, error) = await AskAsync("history", "--filter", "opnssl@*/**");

        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain("it has no server 'opnssl', did you mean 'openssl'?")
            .And.Contain("history --all' shows all 2 ids."));
    }

    [Test]
    public async Task A_strange_id_is_one_field_and_no_formula()
    {
        Runs.Write([Red("=1+1,\"a\"/b/c/d")]);

        Assert.That((await AskAsync("history", "--format", "csv")).Output, Does.Contain(
            "\r\n\"'=1+1,\"\"a\"\"/b/c/d\",F,,20261120-020000-1,\r\n"));
    }

    [Test]
    public async Task An_empty_folder_and_an_unknown_matrix_are_told()
    {
        Assert.That((await AskAsync("history")).Error, Does.Contain("there is no run in it").And.Contain("remedy:"));
        WriteThree();
        var (status, _, error) = await AskAsync("history", "--matrix", "smoek");
        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.StartWith("--matrix: unknown matrix 'smoek', did you mean 'smoke'?"));
        var nowhere = Path.Combine(Runs.Parent, "nowhere");
        Assert.That((await InvokeAsync("history", nowhere)).Error, Does.Contain("nowhere: there is no such folder"));
    }
}
