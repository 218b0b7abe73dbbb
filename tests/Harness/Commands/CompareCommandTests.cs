using System.Text;
using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Runs;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class CompareCommandTests : RunCommandsFixture
{
    [Test]
    public async Task The_latest_run_is_compared_with_the_one_before_and_a_regression_is_red()
    {
        WriteThree();
        var (status, output, error) = await AskAsync("compare");

        Assert.That(status, Is.EqualTo(ExitStatus.Red), error);
        Assert.That(output, Does.Contain("NEW RED (1)").And.Contain(TestCells.Second)
            .And.Contain("result: fail, was pass").And.Contain("(no-common-suite, 90 %)"));
        Assert.That(output, Does.Contain("NEW GREEN (1)"));
        Assert.That(output.TrimEnd(), Does.EndWith("2 cells: 1 new red, 1 new green · 1 regression"));
    }

    [Test]
    public async Task Runs_may_be_named_by_folder_file_name_or_word()
    {
        WriteThree();
        var names = Directory.GetDirectories(Runs.Parent).Order(StringComparer.Ordinal).ToArray();
        foreach (var (before, after) in new[]
                 {
                     (names[1], names[2]), (Path.Combine(names[1], RunFolder.JournalName), names[2]),
                     (Path.GetFileName(names[1]), Path.GetFileName(names[2])), ("previous", "latest"),
                 })
        {
            var (status, output, _) = await AskAsync("compare", before, after);
            Assert.That(status, Is.EqualTo(ExitStatus.Red));
            Assert.That(output, Does.Contain("1 new red, 1 new green"), before);
        }
    }

    [Test]
    public async Task A_handshake_that_changed_is_news_and_not_red()
    {
        Runs.Write([TestCells.Passed(TestCells.First) with { Shape = "0000000000000001" }]);
        Runs.Write([TestCells.Passed(TestCells.First) with { Shape = "0000000000000002" }]);
        var (status, output, _) = await AskAsync("compare");

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.Contain("HANDSHAKE CHANGED (1)").And.Contain("handshake: 0000000000000002"));
    }

    [Test]
    public async Task Json_holds_what_changed_and_counts_the_rest()
    {
        WriteThree();
        var (_, output, _) = await AskAsync("compare", "--format", "json");

        using var document = JsonDocument.Parse(output);
        Assert.That(document.RootElement.GetProperty("regressions").GetInt32(), Is.EqualTo(1));
        Assert.That(document.RootElement.GetProperty("changes").EnumerateArray()
            .Select(change => change.GetProperty("kind").GetString()), Is.EqualTo((string[])["newGreen", "newRed"]));
    }

    [Test]
    public async Task Markdown_has_a_marker_and_no_markup_of_peers()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        Runs.Write([Red(TestCells.First) with { Alert = "`@all` <b>|" }]);
        var (_, output, _) = await AskAsync("compare", "--format", "markdown");

        Assert.That(output, Does.StartWith("<!-- tlsinterop: compare smoke -->\n"));
        Assert.That(output, Does.Contain("`alert: '@all' <b>|, was none`"));
    }

    [Test]
    public async Task Problems_of_a_run_are_told_first_and_the_rest_is_shown()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        var last = Runs.Write([Red(TestCells.First)], missing: [TestCells.Second], hasEnded: false);
        await File.AppendAllTextAsync(Path.Combine(last, RunFolder.JournalName), "{\"cell\":\"cut");
        var (status, output, _) = await AskAsync("compare");

        Assert.That(status, Is.EqualTo(ExitStatus.Red));
        Assert.That(output, Does.StartWith("PROBLEM  ").And.Contain("the last, is cut off")
            .And.Contain("did not come to its end").And.Contain("NEW RED (1)").And.Contain("NOT RUN (1)"));
    }

    [Test]
    public async Task Runs_of_different_matrices_and_older_journals_are_compared_and_that_is_said()
    {
        var old = Runs.WriteOld(TestCells.Passed(TestCells.First));
        var nightly = Runs.Write([TestCells.Passed(TestCells.First)], matrix: "nightly");
        var smoke = Runs.Write([TestCells.Passed(TestCells.First)]);

        Assert.That((await AskAsync("compare", nightly, smoke)).Output,
            Does.Contain("runs of different matrices, nightly and smoke: 1 cell is in both"));
        var (status, output, _) = await AskAsync("compare", old, smoke);
        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.Contain("it has no header").And.Contain("1 unchanged"));
    }

    [Test]
    public async Task How_either_run_ended_and_what_it_lacks_are_problems_in_every_form()
    {
        Runs.Write(
            [TestCells.Passed(TestCells.First)], missing: [TestCells.Second], end: new JournalEnd(
                RunFolders.FirstStart, 0, "b-2 did not end", ["shard 3/3 is missing: 1 cells"]));
        Runs.Write([TestCells.Passed(TestCells.First), Red(TestCells.Second)]);
        string[] expected =
        [
            "it was cut short: b-2 did not end", "shard 3/3 is missing: 1 cells",
            "1 of the 2 cells that it was to run have no result",
        ];
        var (status, output, _) = await AskAsync("compare");
        var markdown = (await AskAsync("compare", "--format", "markdown")).Output;
        using var json = JsonDocument.Parse((await AskAsync("compare", "--format", "json")).Output);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output.Split('\n').Take(3),
            Is.EqualTo(expected.Select(problem => $"PROBLEM  20261120-020000-1: {problem}")));
        Assert.That(output, Does.Contain("NOT RUN BEFORE (1): was to run in the earlier run")
            .And.Contain("Why: They have no suite in common")
            .And.Contain("1 result · 1 cell fails the run: 0 red, 1 not run"));
        foreach (var problem in expected) Assert.That(markdown, Does.Contain(problem));
        Assert.That(json.RootElement.GetProperty("before").GetProperty("problems").EnumerateArray()
            .Select(problem => problem.GetString()), Is.EqualTo(expected));
        Assert.That(json.RootElement.GetProperty("before").GetProperty("notRun").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Problems_are_bounded_and_command_no_terminal()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        var last = Runs.Write([Red(TestCells.First) with { Got = "\e]0;title\a\e[2J", After = "\e[31m" }]);
        await File.AppendAllLinesAsync(
            Path.Combine(last, RunFolder.JournalName), Enumerable.Repeat("\e[31m no journal", 5000));
        foreach (var words in new[] { new[] { "compare" }, ["report", "--format", "junit"], ["history"] })
        {
            var (_, output, error) = await AskAsync(words);
            Assert.That(output + error, Does.Not.Contain("\e").And.Not.Contain("\a"), words[0]);
            Assert.That(
                (output + error).Split('\n').Count(line => line.Contains("can't be read")), Is.EqualTo(10), words[0]);
            Assert.That(output + error, Does.Contain("4991 more lines can't be read"), words[0]);
        }
    }

    [Test]
    public async Task The_run_of_the_same_plan_is_chosen_before_a_younger_one_of_the_same_matrix()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        Runs.Write([TestCells.Passed(TestCells.Second)], header: header => header with { Plan = "another" });
        Runs.Write([TestCells.Passed(TestCells.Second)], header: header => header with { Chosen = ["*/sslstream/**"] });
        Runs.Write([TestCells.Passed(TestCells.First)]);
        var third = Runs.Write([TestCells.Passed(TestCells.Third)], header: header => header with { Plan = "third" });

        Assert.That((await AskAsync("compare")).Output, Does.Contain("before   20261123-020000-4 "));
        Directory.Delete(third, recursive: true);
        Assert.That((await AskAsync("compare")).Output, Does.Contain("before   20261120-020000-1 "));
        Assert.That((await AskAsync("compare", "previous", "latest")).Output,
            Does.Contain("before   20261120-020000-1 "));
    }

    [Test]
    public async Task The_earlier_run_is_looked_for_beside_the_run_and_among_the_others()
    {
        WriteThree();
        var elsewhere = new RunFolders(Directory.CreateDirectory(Path.Combine(Runs.Parent, "elsewhere")).FullName);
        elsewhere.Write([TestCells.Passed(TestCells.First)], header: header => header with { Plan = "another" });
        var run = elsewhere.Write(
            [TestCells.Passed(TestCells.First)],
            header: header => header with { Started = RunFolders.FirstStart.AddDays(9) });

        Assert.That((await AskAsync("compare", run)).Output, Does.Contain("before   20261122-020000-3 "));
    }

    [Test]
    public async Task A_run_and_its_copy_are_told_by_their_folders()
    {
        var run = Runs.Write([TestCells.Passed(TestCells.First)]);
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(Runs.Parent, "copies")).FullName, "a");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(run)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        File.Delete(Path.Combine(copy, PlanFile.Name));
        var (_, output, _) = await AskAsync("compare", run, copy);

        Assert.That(output, Does.StartWith($"PROBLEM  {copy}: there is no plan.json")
            .And.Contain($"before   {run} ").And.Contain($"after    {copy} "));
    }

    [TestCase("README.md", "# A\n", "README.md: this file is no journal of a run. Expected: a run's folder")]
    [TestCase("plan.json", "{\n  \"plan\": 1", "plan.json: this file is no journal of a run. Expected: a run's folder")]
    public async Task A_file_that_is_no_journal_is_told_as_that(string name, string text, string message)
    {
        WriteThree();
        var file = Path.Combine(Runs.Parent, name);
        await File.WriteAllTextAsync(file, text);
        var (status, output, error) = await AskAsync("compare", "latest", file);

        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain(message));
        File.Copy(Directory.GetFiles(Runs.Parent, RunFolder.JournalName, SearchOption.AllDirectories)[0], file, true);
        Assert.That((await AskAsync("compare", file, file)).Status, Is.EqualTo(ExitStatus.Green));
    }

    [Test]
    public async Task A_folder_of_runs_is_told_as_that_with_what_to_do()
    {
        WriteThree();
        Assert.That((await AskAsync("report", Runs.Parent)).Error, Does.Contain("this is no run: 3 runs lie in it")
            .And.Contain("20261120-020000-1").And.Contain($"merge {Runs.Parent}'"));
    }

    [TestCase("", "there is no results.jsonl in it")]
    [TestCase("\u0089PNG\r\n\u001a\n\u0000\u0001\u0002", "there is no result in it")]
    [TestCase("[1, 2, 3]\nnull\n\"x\"\n", "there is no result in it")]
    public async Task What_is_no_run_is_told_in_a_sentence(string journal, string message)
    {
        WriteThree();
        var folder = Directory.CreateDirectory(Path.Combine(Runs.Parent, "broken")).FullName;
        if (journal.Length > 0)
            await File.WriteAllTextAsync(Path.Combine(folder, RunFolder.JournalName), journal, Encoding.Latin1);

        var (status, output, error) = await AskAsync("compare", "latest", "broken");
        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain(message));
        Assert.That((await AskAsync("compare")).Status, Is.EqualTo(ExitStatus.Red), "others are not hidden by it");
    }

    [Test]
    public async Task Without_a_run_or_an_earlier_one_it_is_said_what_to_do()
    {
        Assert.That((await AskAsync("compare")).Error, Does.Contain("there is no run in").And.Contain("remedy:"));
        Runs.Write([TestCells.Passed(TestCells.First)]);
        Assert.That((await AskAsync("compare")).Error,
            Does.Contain("there is no earlier run of 'smoke' to compare it with"));
        Assert.That((await AskAsync("compare", "lates")).Error, Does.Contain("did you mean 'latest'?"));
    }
}
