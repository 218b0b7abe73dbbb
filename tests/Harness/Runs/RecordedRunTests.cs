using TlsInterop.Harness.Reports.Comparison;
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

    [TestCase("{\"cell\":\"a\",\"verdict\":99}")]
    [TestCase("{\"cell\":\"a\",\"verdict\":\"pass\",\"why\":[null]}")]
    [TestCase("{\"cell\":null,\"verdict\":\"pass\"}")]
    [TestCase("{\"cell\":\"a\",\"verdict\":\"fail\",\"diagnosis\":{\"cause\":\"b\"}}")]
    [TestCase("{\"journal\":2,\"run\":\"r\",\"matrix\":\"m\",\"plan\":\"p\",\"endpoints\":[{}]}")]
    [TestCase("{\"journal\":2,\"run\":\"r\",\"matrix\":\"m\",\"plan\":\"p\",\"chosen\":[null]}")]
    [TestCase("{\"ended\":\"2026-11-22T02:10:00Z\",\"dropped\":0}")]
    public void What_a_line_lacks_is_told_and_the_line_is_left_out(string line)
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1, ends: false);
        var journal = Path.Combine(run.Folder, RunFolder.JournalName);
        File.AppendAllText(journal, $"{line}\n\n");

        var read = RecordedRun.Load(run.Folder);

        Assert.That(read.Results, Has.Count.EqualTo(4));
        Assert.That(read.Problems, Has.Some.Contains("line 6 can't be read"));
    }

    [Test]
    public void Many_lines_that_are_none_are_told_in_a_few_words()
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1);
        File.AppendAllText(Path.Combine(run.Folder, RunFolder.JournalName), string.Concat(Enumerable.Repeat("x\n", 500)));

        var read = RecordedRun.Load(run.Folder);

        Assert.That(read.Problems, Has.Count.LessThan(15).And.Some.Contains("491 more lines can't be read"));
    }

    [Test]
    public void A_run_that_is_going_on_is_told_from_one_that_was_killed()
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1, ends: false);
        Assert.That(run.Problems, Has.Some.Contains("did not come to its end: it was killed"));

        using var folder = RunFolder.Open(run.Folder);

        Assert.That(RecordedRun.Load(run.Folder).Problems, Has.Some.Contains("the run is still going on"));
    }

    [Test]
    public void Whatever_is_in_a_run_s_folder_it_is_read_or_refused_and_compared()
    {
        var random = new Random(20261123);
        var run = _folders.Write(ShardFolders.Plan(1), 1);
        string[] files = [Path.Combine(run.Folder, RunFolder.JournalName), Path.Combine(run.Folder, PlanFile.Name)];
        var samples = files.Select(File.ReadAllBytes).ToArray();
        var read = 0;
        for (var i = 0; i < 1500; i++)
        {
            for (var file = 0; file < files.Length; file++)
                File.WriteAllBytes(files[file], i % 2 == file ? Mutated(samples[file], random) : samples[file]);
            try
            {
                var other = RecordedRun.Load(run.Folder);
                _ = RunComparison.Of(run, other);
                _ = RunComparison.Of(other, run);
                _ = new ReusableResults(other, run.Header!);
                read++;
            }
            catch (InvalidDataException)
            {
                // Told in words.
            }
        }
        Assert.That(read, Is.GreaterThan(1000));
    }

    // What JSON is made of goes missing, twice or elsewhere: that gets farther than single bits do.
    private static byte[] Mutated(byte[] octets, Random random)
    {
        var text = new List<byte>(octets);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Count);
            var length = Math.Min(random.Next(1, 40), text.Count - at);
            var part = text.GetRange(at, length);
            switch (random.Next(4))
            {
                case 0: text.RemoveRange(at, length); break;
                case 1: text.InsertRange(random.Next(text.Count), part); break;
                case 2: text[at] = (byte)random.Next(256); break;
                default:
                    text.RemoveRange(at, length);
                    text.InsertRange(at, "null"u8.ToArray());
                    break;
            }
        }
        return [.. text];
    }
}
