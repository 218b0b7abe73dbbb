using System.Text;
using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Runs;

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
            Does.Contain("runs of different matrices, nightly and smoke: 1 cells are in both"));
        var (status, output, _) = await AskAsync("compare", old, smoke);
        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.Contain("it has no header").And.Contain("1 unchanged"));
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
