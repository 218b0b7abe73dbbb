using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class ShardMergeTests
{
    private ShardFolders _folders = new();

    [SetUp]
    public void SetUp() => _folders = new ShardFolders();

    private string At(string name) => Path.Combine(_folders.Root, name);

    [TearDown]
    public void TearDown() => _folders.Dispose();

    private string Output => Path.Combine(_folders.Root, "merged");

    [Test]
    public void Shards_that_ran_to_their_end_are_one_whole_run_with_all_evidence()
    {
        var plan = ShardFolders.Plan(2);
        var merge = ShardMerge.Of([_folders.Write(plan, 2), _folders.Write(plan, 1)]);
        var run = merge.Write(Output, ShardFolders.Began);

        Assert.That(merge.Faults, Is.Empty);
        Assert.That(run.Results.Select(result => result.Cell), Is.EquivalentTo(ShardFolders.All));
        Assert.That(run.IsWhole, Is.True, string.Join('\n', run.Problems));
        foreach (var result in run.Results)
            Assert.That(File.ReadAllText(Path.Combine(Output, result.Evidence!, "handshake.txt")),
                Is.EqualTo(result.Cell));
    }

    [Test]
    public void A_shard_that_is_missing_is_named_and_what_there_is_is_shown()
    {
        var plan = ShardFolders.Plan(3);
        var merge = ShardMerge.Of([_folders.Write(plan, 1), _folders.Write(plan, 3)]);
        var run = merge.Write(Output, ShardFolders.Began);

        Assert.That(merge.Faults.Single(), Does.StartWith("shard 2/3 is missing: "));
        Assert.That(run.Missing, Has.Count.EqualTo(plan.Cells.Count(cell => cell.Shard == 2)));
        Assert.That(run.IsWhole, Is.False);
        Assert.That(run.Results, Is.Not.Empty);
    }

    [Test]
    public void A_shard_that_was_cut_short_is_named_with_how_to_go_on()
    {
        var plan = ShardFolders.Plan(2);
        var merge = ShardMerge.Of([_folders.Write(plan, 1), _folders.Write(plan, 2, cells: 1, ends: false)]);

        Assert.That(merge.Faults[0], Does.StartWith("run-2 lacks 1 cells of its shard").And.Contain("run --resume"));
        Assert.That(merge.Write(Output, ShardFolders.Began).End!.Interruption, Is.EqualTo("run-2 did not end"));
    }

    [Test]
    public void A_shard_of_another_plan_is_left_out_and_named()
    {
        var plan = ShardFolders.Plan(2);
        var merge = ShardMerge.Of(
        [
            _folders.Write(plan, 1), _folders.Write(plan, 2),
            _folders.Write(ShardFolders.Plan(2, "nightly"), 1, name: "other"),
        ]);

        Assert.That(merge.Faults.Single(), Does.StartWith("other is left out: it is a shard of another plan (nightly "));
        Assert.That(merge.Parts, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_shard_that_is_there_twice_counts_once_and_is_named()
    {
        var plan = ShardFolders.Plan(2);
        var merge = ShardMerge.Of(
        [
            _folders.Write(plan, 1), _folders.Write(plan, 2), _folders.Write(plan, 2, cells: 1, name: "again"),
        ]);

        Assert.That(merge.Faults, Is.EqualTo((string[])[$"shard 2/2 is there 2 times: {At("run-2")} is taken, {At("again")} is not"]));
        Assert.That(merge.Write(Output, ShardFolders.Began).Results, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_cell_that_a_shard_found_out_not_to_be_possible_is_skipped_and_not_missing()
    {
        var plan = ShardFolders.Plan(2);
        bool Lacks(string id) => id == TestCells.Third;
        var merge = ShardMerge.Of([_folders.Write(plan, 1, skip: Lacks), _folders.Write(plan, 2, skip: Lacks)]);

        Assert.That(merge.Faults, Is.Empty);
        Assert.That(merge.Plan.Skipped.Single(), Has.Property("Cell").EqualTo(TestCells.Third)
            .And.Property("Reason").EqualTo("the server lacks it"));
        Assert.That(merge.Write(Output, ShardFolders.Began).Results, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_cell_that_no_shard_has_is_noticed_though_no_shard_is_missing()
    {
        var plan = ShardFolders.Plan(2);
        var shrunk = plan with { Cells = [.. plan.Cells.Where(cell => cell.Cell != TestCells.Second)] };
        var merge = ShardMerge.Of([_folders.Write(shrunk, 1), _folders.Write(shrunk, 2)]);

        Assert.That(merge.Faults.Single(), Does.StartWith("the cells of the shards together are not those of the plan"));
    }

    [Test]
    public void Runs_that_tell_no_plan_are_no_shards()
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1);
        File.Delete(Path.Combine(run.Folder, PlanFile.Name));

        Assert.That(() => ShardMerge.Of([RecordedRun.Load(run.Folder)]),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("run-1 is left out: it does not tell its plan"));
    }

    [Test]
    public void Shards_of_one_matrix_that_was_divided_otherwise_are_of_another_plan()
    {
        var plan = ShardFolders.Plan(2);
        var other = plan with { Cells = [.. plan.Cells.Select(cell => cell with { Shard = 3 - cell.Shard })] };
        var merge = ShardMerge.Of(
        [
            _folders.Write(plan, 1), _folders.Write(other with { Digest = other.DigestOf(2) }, 2),
        ]);

        Assert.That(merge.Faults[0], Does.StartWith("run-2 is left out: it is a shard of another plan"));
        Assert.That(merge.Faults[1], Does.StartWith("shard 2/2 is missing"));
    }

    [Test]
    public void What_was_left_without_a_word_in_it_is_not_copied()
    {
        var plan = ShardFolders.Plan(1);
        var run = _folders.Write(plan, 1);
        var endpoint = Directory.CreateDirectory(Path.Combine(run.Folder, "endpoints", "openssl@trixie")).FullName;
        File.WriteAllText(Path.Combine(endpoint, "output"), "words");
        File.WriteAllText(Path.Combine(endpoint, "in"), "");

        ShardMerge.Of([run]).Write(Output, ShardFolders.Began);

        var copied = Path.Combine(Output, "shards", "1", "endpoints", "openssl@trixie");
        Assert.That(Directory.GetFiles(copied).Select(Path.GetFileName), Is.EqualTo((string[])["output"]));
    }

    [Test]
    public void Keys_that_a_killed_shard_left_stay_where_they_are_and_what_is_joined_is_its_owners_alone()
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1, ends: false);
        var slot = Directory.CreateDirectory(Path.Combine(run.Folder, "endpoints", "exim@trixie", "slots", "465"));
        foreach (var name in new[] { "key.pem", "rsa2048.key", "certificate.pem" })
            File.WriteAllText(Path.Combine(slot.FullName, name), "x");

        ShardMerge.Of([run]).Write(Output, ShardFolders.Began);

        Assert.That(Directory.GetFiles(Output, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            Has.One.EqualTo("certificate.pem").And.None.EqualTo("key.pem").And.None.EqualTo("rsa2048.key"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(Output),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [TestCase("cells")]
    [TestCase("endpoints-2")]
    [TestCase("shared")]
    public void A_folder_of_a_shard_that_is_a_link_to_elsewhere_is_not_copied(string name)
    {
        var elsewhere = Directory.CreateDirectory(At("elsewhere"));
        File.WriteAllText(Path.Combine(elsewhere.FullName, "secret.pem"), "not of this run");
        var run = _folders.Write(ShardFolders.Plan(1), 1, cells: 0);
        Directory.CreateSymbolicLink(Path.Combine(run.Folder, name), elsewhere.FullName);

        ShardMerge.Of([run]).Write(Output, ShardFolders.Began);

        Assert.That(Directory.GetFiles(Output, "secret.pem", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Evidence_that_can_t_be_copied_is_told_and_the_run_is_joined_all_the_same()
    {
        var run = _folders.Write(ShardFolders.Plan(1), 1);
        var endpoint = Directory.CreateDirectory(Path.Combine(run.Folder, "endpoints", "exim@bullseye")).FullName;
        File.WriteAllText(Path.Combine(endpoint, "log"), "words");
        // What is to be a folder is a file there already.
        Directory.CreateDirectory(Path.Combine(Output, "shards", "1", "endpoints"));
        File.WriteAllText(Path.Combine(Output, "shards", "1", "endpoints", "exim@bullseye"), "");

        var merged = ShardMerge.Of([run]).Write(Output, ShardFolders.Began);

        Assert.That(merged.Results, Has.Count.EqualTo(4));
        Assert.That(merged.End!.Warnings, Has.One.Contains("endpoints/exim@bullseye/log is not taken over"));
    }

    [Test]
    public void Shards_of_different_builds_or_stacks_are_joined_with_a_warning()
    {
        var plan = ShardFolders.Plan(2);
        var second = _folders.Write(plan, 2);
        var merge = ShardMerge.Of([_folders.Write(plan, 1), second with
        {
            Header = second.Header! with
            {
                Harness = "h2",
                Endpoints = [.. second.Header.Endpoints.Select(endpoint =>
                    endpoint.Name == "exim@bullseye" ? endpoint with { Version = "4.95" } : endpoint)],
            },
        }]);

        Assert.That(merge.Faults, Is.Empty);
        Assert.That(merge.Warnings, Is.EqualTo((string[])
        [
            "the shards were run by different builds of the harness, or with different lists beside it",
            "exim@bullseye is not the same in all shards (4.94 | 4.95)",
        ]));
    }
}
