using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class RecordedRunTests
{
    private ShardFolders _folders = new();

    [SetUp]
    public void SetUp() => _folders = new ShardFolders();

    [TearDown]
    public void TearDown() => _folders.Dispose();

    [Test]
    public void A_run_that_came_to_its_end_is_whole()
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1);

        Assert.That(run.IsWhole, Is.True);
        Assert.That(run.Problems, Is.Empty);
        Assert.That((run.Name, run.Matrix, run.Started), Is.EqualTo(("run-1", "smoke", ShardFolders.Began)));
        Assert.That(run.Results.Select(result => result.Cell), Is.EqualTo(run.Plan!.Cells.Select(cell => cell.Cell)));
    }

    [Test]
    public void A_run_that_was_killed_says_so_and_names_what_is_missing()
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1, cells: 3, ends: false);

        Assert.That(run.IsWhole, Is.False);
        Assert.That(run.Missing, Has.Count.EqualTo(1));
        Assert.That(run.Problems.Single(), Does.StartWith("the run did not come to its end"));
    }

    [Test]
    public void A_last_line_that_was_cut_off_is_told_and_the_rest_is_there()
    {
        var folder = _folders.Write(ShardFolders.Plan(1), 1, ends: false).Folder;
        var file = Path.Combine(folder, RunFolder.JournalName);
        var octets = File.ReadAllBytes(file);
        File.WriteAllBytes(file, octets[..^40]);

        var run = RecordedRun.Load(folder);
        Assert.That(run.Problems, Does.Contain("results.jsonl: line 5, the last, is cut off"));
        Assert.That((run.Results.Count, run.Missing.Count), Is.EqualTo((3, 1)));
    }

    [Test]
    public void A_line_in_the_midst_that_is_broken_is_told_with_its_number()
    {
        var folder = _folders.Write(ShardFolders.Plan(1), 1).Folder;
        var file = Path.Combine(folder, RunFolder.JournalName);
        var lines = File.ReadAllLines(file);
        lines[2] = "\0\0\0";
        File.WriteAllLines(file, lines);

        Assert.That(RecordedRun.Load(folder).Problems.Single(), Does.StartWith("results.jsonl: line 3 can't be read"));
    }

    [Test]
    public void A_journal_of_before_there_were_headers_is_read_and_what_it_lacks_is_told()
    {
        var folder = _folders.Write(ShardFolders.Plan(1), 1).Folder;
        var file = Path.Combine(folder, RunFolder.JournalName);
        File.WriteAllLines(file, File.ReadAllLines(file)[1..^1]);
        File.Delete(Path.Combine(folder, PlanFile.Name));

        var run = RecordedRun.Load(folder);
        Assert.That(run.Results, Has.Count.EqualTo(4));
        Assert.That(run.Problems, Has.Count.EqualTo(2));
        Assert.That(run.Problems[0], Does.Contain("format 1"));
        Assert.That(run.Problems[1], Does.StartWith("there is no plan.json"));
        Assert.That(run.Started, Is.EqualTo(ShardFolders.Began), "the time of its first cell");
    }

    [Test]
    public void A_journal_of_a_newer_format_is_told_and_read_as_far_as_it_is_known()
    {
        var folder = _folders.Write(ShardFolders.Plan(1), 1).Folder;
        var file = Path.Combine(folder, RunFolder.JournalName);
        File.WriteAllText(file, File.ReadAllText(file).Replace("{\"journal\":2,", "{\"journal\":9,\"mood\":\"good\","));

        var run = RecordedRun.Load(folder);
        Assert.That(run.Problems.Single(), Does.Contain("it is of format 9, and this program knows those up to 2"));
        Assert.That(run.Results, Has.Count.EqualTo(4));
    }

    [TestCase("")]
    [TestCase("\0\u0001\u0002\u0003 no journal at all")]
    public void A_journal_without_any_result_is_none(string content)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folders.Root, "none")).FullName;
        File.WriteAllText(Path.Combine(folder, RunFolder.JournalName), content);

        Assert.That(() => RecordedRun.Load(folder),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("there is no result in it"));
    }

    [Test]
    public void A_folder_of_something_else_is_none()
    {
        Assert.That(() => RecordedRun.Load(_folders.Root),
            Throws.TypeOf<InvalidDataException>().With.Message.EndsWith("it is no folder of a run"));
        Assert.That(() => RecordedRun.Load(Path.Combine(_folders.Root, "nowhere")),
            Throws.TypeOf<InvalidDataException>().With.Message.EndsWith("there is no such folder"));
    }

    [TestCase("{", "this is no plan of 'tlsinterop plan'")]
    [TestCase("[]", "this is no plan of 'tlsinterop plan'")]
    [TestCase("null", "it is of format null")]
    public void A_plan_that_is_none_is_told_and_the_results_are_there(string content, string problem)
    {
        var folder = _folders.Write(ShardFolders.Plan(1), 1).Folder;
        File.WriteAllText(Path.Combine(folder, PlanFile.Name), content);

        var run = RecordedRun.Load(folder);
        Assert.That(run.Problems.Single(), Does.Contain(problem));
        Assert.That(run.Results, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_result_behind_a_line_that_was_cut_off_begins_a_line_of_its_own()
    {
        var folder = _folders.Write(ShardFolders.Plan(1), 1, ends: false).Folder;
        var file = Path.Combine(folder, RunFolder.JournalName);
        var last = RecordedRun.Load(folder).Results[^1];
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^40]);
        using (var journal = new Journal(file)) journal.Append(last);

        Assert.That(RecordedRun.Load(folder).Results, Has.Count.EqualTo(4));
        Assert.That(RecordedRun.Load(folder).Problems.Single(), Does.StartWith("the run did not come to its end"));
    }

    [Test]
    public void Of_a_cell_that_is_there_twice_the_last_result_counts_and_that_is_told()
    {
        var folder = _folders.Write(ShardFolders.Plan(1), 1).Folder;
        var last = RecordedRun.Load(folder).Results[^1];
        using (var journal = new Journal(Path.Combine(folder, RunFolder.JournalName)))
            journal.Append(last with { Milliseconds = 7 });

        var run = RecordedRun.Load(folder);
        Assert.That(run.Results.Single(result => result.Cell == last.Cell).Milliseconds, Is.EqualTo(7));
        Assert.That(run.Problems.Single(), Does.StartWith("1 results are of cells that have another one behind them"));
    }
}
