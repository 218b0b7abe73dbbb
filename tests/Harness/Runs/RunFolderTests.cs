using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Endpoints;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Runs;

[Platform(Exclude = "Win", Reason = "modes of files are those of Unix")]
public sealed class RunFolderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 10, 0, TimeSpan.Zero);

    private string _parent = "";

    [SetUp]
    public void SetUp() => _parent = Directory.CreateTempSubdirectory("tlsinterop-runs-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_parent, recursive: true);

    [Test]
    public void It_is_its_owners_alone()
    {
        var run = RunFolder.Create(_parent, Now);

        foreach (var folder in new[] { run.Path, run.Shared, run.Endpoints })
            Assert.That(new DirectoryInfo(folder).UnixFileMode,
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute), folder);
    }

    [Test]
    public void Runs_that_begin_in_one_second_have_folders_of_their_own()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => RunFolder.Create(_parent, Now).Id).ToList();

        Assert.That(ids, Is.Unique);
        Assert.That(ids, Has.All.StartsWith("20261122-021000-"));
    }

    [Test]
    public void Keys_are_removed_wherever_they_lie_and_nothing_else_is()
    {
        var run = RunFolder.Create(_parent, Now);
        var slot = Path.Combine(run.Endpoints, "exim@trixie", "slots", "465");
        Directory.CreateDirectory(slot);
        string[] keys = [Path.Combine(run.Shared, "rsa2048.key"), Path.Combine(slot, "key.pem")];
        string[] others = [Path.Combine(run.Shared, "root.pem"), Path.Combine(slot, "keys.log")];
        foreach (var file in keys.Concat(others)) File.WriteAllText(file, "x");

        run.RemoveKeys();

        Assert.That(keys.Where(File.Exists), Is.Empty);
        Assert.That(others.Where(File.Exists), Is.EqualTo(others));
    }

    [Test]
    public void A_cell_has_a_folder_of_its_name()
    {
        var run = RunFolder.Create(_parent, Now);

        Assert.That(run.CellFolder(TestCells.Cell(TestCells.First)), Does.EndWith(TestCells.First).And.Exist);
    }

    [Test]
    public void Each_payload_that_a_scenario_echoes_is_a_file()
    {
        var run = RunFolder.Create(_parent, Now);

        Payloads.Write(run.Shared, [TestRequests.Scenario("echo", null, new ConversationStep { Echo = 7 },
            new ConversationStep { Echo = 300 })]);

        Assert.That(File.ReadAllBytes(Path.Combine(run.Shared, "payload-7")), Is.EqualTo(EchoPayload.Create(7)));
        Assert.That(File.ReadAllBytes(Path.Combine(run.Shared, "payload-300")), Is.EqualTo(EchoPayload.Create(300)));
    }

    [Test]
    public void A_run_that_is_still_going_on_can_t_be_gone_on_with()
    {
        using var run = RunFolder.Create(_parent, Now);
        var key = Path.Combine(run.Shared, "rsa2048.key");
        File.WriteAllText(key, "x");

        Assert.That(() => RunFolder.Open(run.Path), Throws.TypeOf<InvalidDataException>()
            .With.Message.Contains("the run is still going on"));
        Assert.That(key, Does.Exist, "nothing of it was touched");
        Assert.That(Directory.Exists(Path.Combine(run.Path, "endpoints-2")), Is.False);
    }

    [Test]
    public void A_run_that_ended_or_was_killed_can_be_gone_on_with()
    {
        var run = RunFolder.Create(_parent, Now);
        run.Dispose();
        // The file of a process that was killed stays, and is nobody's.
        File.WriteAllText(Path.Combine(run.Path, "run.lock"), "1");

        using var again = RunFolder.Open(run.Path);

        Assert.That(again.Endpoints, Does.EndWith("endpoints-2"));
    }

    [Test]
    public void A_key_that_can_t_be_removed_keeps_no_other_one_and_is_told()
    {
        var run = RunFolder.Create(_parent, Now);
        string[] keys = [.. new[] { "a.key", "b.key", "c.key" }.Select(name => Path.Combine(run.Shared, name))];
        foreach (var key in keys) File.WriteAllText(key, "x");

        void Delete(string file)
        {
            if (file == keys[1]) throw new UnauthorizedAccessException($"Access to '{file}' is denied.");
            File.Delete(file);
        }

        Assert.That(() => run.RemoveKeys(Delete), Throws.InstanceOf<IOException>()
            .With.Message.Contains(keys[1]).And.Message.Contains("remedy: "));
        Assert.That(keys.Where(File.Exists), Is.EqualTo(keys[1..2]));
    }

    [TestCase("night 1", "night-1_2-")]
    [TestCase("Lauf äöü", "Lauf----_2-")]
    [TestCase("a.b_c-d", "a.b_c-d_2-")]
    public void A_run_that_goes_on_has_a_name_that_containers_can_have(string name, string id)
    {
        var path = Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;
        using var run = RunFolder.Open(path);

        Assert.That(run.Id, Does.StartWith(id));
        Assert.That(run.Path, Is.EqualTo(path));
    }

    [Test]
    public void A_link_that_leads_out_of_the_run_is_not_followed_to_keys_of_others()
    {
        var run = RunFolder.Create(_parent, Now);
        var elsewhere = Directory.CreateDirectory(Path.Combine(_parent, "elsewhere")).FullName;
        var key = Path.Combine(elsewhere, "host.key");
        File.WriteAllText(key, "x");
        Directory.CreateSymbolicLink(Path.Combine(run.Endpoints, "link"), elsewhere);

        run.RemoveKeys();

        Assert.That(key, Does.Exist);
    }
}
