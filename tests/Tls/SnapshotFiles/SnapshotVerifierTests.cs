using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Tls.Tests.SnapshotFiles;

/// <summary>What a run needs of comparing snapshots, of each implementation of the seam.</summary>
[TestFixtureSource(typeof(VerifierChoice), nameof(VerifierChoice.All))]
public sealed class SnapshotVerifierTests(VerifierChoice choice)
{
    private const string Name = "exim@bookworm/gnutls@trixie/tls/tls1.2-RSA_WITH_AES_128_CBC_SHA";

    private string _root = "";
    private ISnapshotVerifier _verifier = new SnapshotStore("unset");
    private SnapshotStore _store = new("unset");

    [SetUp]
    public void Begin()
    {
        _root = Directory.CreateTempSubdirectory("snapshots").FullName;
        _verifier = choice.Of(_root);
        _store = new SnapshotStore(_root);
    }

    [TearDown]
    public void End() => Directory.Delete(_root, recursive: true);

    private string VerifiedPath(string name) => Path.Combine(_root, name + ".verified.txt");
    private string ReceivedPath(string name) => Path.Combine(_root, name + ".received.txt");

    [Test]
    public void A_first_text_is_new_and_lies_beside_where_the_accepted_one_will_be()
    {
        var verdict = _verifier.Verify(Name, "one\r\ntwo");

        Assert.That(verdict.State, Is.EqualTo(SnapshotState.New));
        Assert.That(verdict.Verified, Is.Null);
        Assert.That(verdict.ReceivedPath, Is.EqualTo(ReceivedPath(Name)));
        Assert.That(File.ReadAllBytes(ReceivedPath(Name)), Is.EqualTo("one\ntwo\n"u8.ToArray()));
        Assert.That(File.Exists(VerifiedPath(Name)), Is.False);
    }

    [Test]
    public void A_difference_keeps_both_texts_until_they_are_equal_again()
    {
        _verifier.Verify(Name, "old");
        _store.Accept();

        var verdict = _verifier.Verify(Name, "new");
        Assert.That(verdict.State, Is.EqualTo(SnapshotState.Different));
        Assert.That(verdict.Verified, Is.EqualTo("old\n"));
        Assert.That(File.ReadAllText(ReceivedPath(Name)), Is.EqualTo("new\n"));
        Assert.That(File.ReadAllText(VerifiedPath(Name)), Is.EqualTo("old\n"));

        Assert.That(_verifier.Verify(Name, "old").State, Is.EqualTo(SnapshotState.Equal));
        Assert.That(File.Exists(ReceivedPath(Name)), Is.False);
    }

    [TestCase("one\r\ntwo\r\n")]
    [TestCase("one\rtwo")]
    [TestCase("\ufeffone\ntwo\n\n")]
    public void Line_ends_and_a_byte_order_mark_of_the_accepted_file_make_no_difference(string onDisk)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(VerifiedPath(Name))!);
        File.WriteAllText(VerifiedPath(Name), onDisk);

        Assert.That(_verifier.Verify(Name, "one\ntwo\n").State, Is.EqualTo(SnapshotState.Equal));
    }

    [Test]
    public void Blanks_at_the_end_of_a_line_do_make_a_difference()
    {
        _verifier.Verify(Name, "one ");
        _store.Accept();

        Assert.That(_verifier.Verify(Name, "one").State, Is.EqualTo(SnapshotState.Different));
    }

    [Test]
    public void Nothing_of_a_text_is_taken_for_volatile()
    {
        var text = $"7b1f6c1e-3f0a-4f57-9d2c-0a1b2c3d4e5f 2026-11-24T00:00:00Z {Path.GetTempPath()} "
            + $"{Environment.CurrentDirectory} {Environment.MachineName} \\u2192 {{}} # → ↔\n";

        _verifier.Verify(Name, text);

        Assert.That(File.ReadAllBytes(ReceivedPath(Name)), Is.EqualTo(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("../a")]
    [TestCase("a/../b")]
    [TestCase("a/./b")]
    [TestCase("a//b")]
    [TestCase("a/")]
    [TestCase("a\\..\\b")]
    [TestCase("c:/a")]
    [TestCase("a\0b")]
    [TestCase("a/b ")]
    public void Names_that_leave_the_folder_or_are_no_file_names_are_refused(string name)
    {
        Assert.That(() => _verifier.Verify(name, "text"),
            Throws.ArgumentException.With.Message.Contains("Expected a snapshot name"));
        Assert.That(Directory.EnumerateFileSystemEntries(_root), Is.Empty);
    }

    [Test]
    public void Many_threads_with_different_names_do_not_disturb_each_other()
    {
        Parallel.For(0, 200, i => _verifier.Verify($"many/cell-{i}", $"text {i}"));
        _store.Accept();

        var states = new SnapshotState[200];
        Parallel.For(0, 200, i => states[i] = _verifier.Verify($"many/cell-{i}", $"text {i}").State);
        Assert.That(states, Is.All.EqualTo(SnapshotState.Equal));
        Assert.That(Directory.GetFiles(_root, "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }
}
