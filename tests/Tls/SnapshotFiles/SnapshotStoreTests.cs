using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Tls.Tests.SnapshotFiles;

public sealed class SnapshotStoreTests
{
    private const string Name = "exim@bookworm/gnutls@trixie/tls/tls1.2-RSA_WITH_AES_128_CBC_SHA";

    private string _root = "";
    private SnapshotStore _store = new("unset");

    [SetUp]
    public void Begin()
    {
        _root = Directory.CreateTempSubdirectory("snapshots").FullName;
        _store = new SnapshotStore(_root);
    }

    [TearDown]
    public void End() => Directory.Delete(_root, recursive: true);

    private string VerifiedPath(string name) => Path.Combine(_root, name + ".verified.txt");
    private string ReceivedPath(string name) => Path.Combine(_root, name + ".received.txt");

    [Test]
    public void A_first_text_is_new_and_lies_beside_where_the_accepted_one_will_be()
    {
        var verdict = _store.Verify(Name, "one\r\ntwo");

        Assert.That(verdict.State, Is.EqualTo(SnapshotState.New));
        Assert.That(verdict.Verified, Is.Null);
        Assert.That(verdict.ReceivedPath, Is.EqualTo(ReceivedPath(Name)));
        Assert.That(File.ReadAllBytes(ReceivedPath(Name)), Is.EqualTo("one\ntwo\n"u8.ToArray()));
        Assert.That(File.Exists(VerifiedPath(Name)), Is.False);
    }

    [Test]
    public void An_accepted_text_is_equal_the_next_time()
    {
        _store.Verify(Name, "→ ClientHello\n");

        Assert.That(_store.Accept(), Is.EqualTo((string[])[Name]));
        Assert.That(_store.Verify(Name, "→ ClientHello\n").State, Is.EqualTo(SnapshotState.Equal));
        Assert.That(_store.Received(), Is.Empty);
    }

    [Test]
    public void A_difference_keeps_both_texts_until_they_are_equal_again()
    {
        _store.Verify(Name, "old");
        _store.Accept();

        var verdict = _store.Verify(Name, "new");
        Assert.That(verdict.State, Is.EqualTo(SnapshotState.Different));
        Assert.That(verdict.Verified, Is.EqualTo("old\n"));
        Assert.That(File.ReadAllText(ReceivedPath(Name)), Is.EqualTo("new\n"));
        Assert.That(File.ReadAllText(VerifiedPath(Name)), Is.EqualTo("old\n"));

        Assert.That(_store.Verify(Name, "old").State, Is.EqualTo(SnapshotState.Equal));
        Assert.That(File.Exists(ReceivedPath(Name)), Is.False);
    }

    [TestCase("one\r\ntwo\r\n")]
    [TestCase("one\rtwo")]
    [TestCase("\ufeffone\ntwo\n\n")]
    public void Line_ends_and_a_byte_order_mark_of_the_accepted_file_make_no_difference(string onDisk)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(VerifiedPath(Name))!);
        File.WriteAllText(VerifiedPath(Name), onDisk);

        Assert.That(_store.Verify(Name, "one\ntwo\n").State, Is.EqualTo(SnapshotState.Equal));
    }

    [Test]
    public void Blanks_at_the_end_of_a_line_do_make_a_difference()
    {
        _store.Verify(Name, "one ");
        _store.Accept();

        Assert.That(_store.Verify(Name, "one").State, Is.EqualTo(SnapshotState.Different));
    }

    [Test]
    public void Accept_takes_what_the_filter_names_and_says_which()
    {
        _store.Verify("openssl@trixie/curl@trixie/tls/a", "1");
        _store.Verify("openssl@trixie/sslstream/tls/b", "2");
        _store.Verify("exim@trixie/curl@trixie/tls/c", "3");

        Assert.That(_store.Accept("*/curl@*"),
            Is.EqualTo((string[])["exim@trixie/curl@trixie/tls/c", "openssl@trixie/curl@trixie/tls/a"]));
        Assert.That(_store.Received(), Is.EqualTo((string[])["openssl@trixie/sslstream/tls/b"]));
    }

    [Test]
    public void Accepted_texts_that_no_planned_name_has_are_stale()
    {
        foreach (var name in (string[])["a/b", "a/c", "d"]) _store.Verify(name, name);
        _store.Accept();

        Assert.That(_store.Stale(["a/b", "e"]), Is.EqualTo((string[])["a/c", "d"]));
    }

    [Test]
    public void A_folder_that_is_not_there_has_no_snapshots()
    {
        var store = new SnapshotStore(Path.Combine(_root, "none"));

        Assert.That(store.Accept(), Is.Empty);
        Assert.That(store.Stale([]), Is.Empty);
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
        Assert.That(() => _store.Verify(name, "text"),
            Throws.ArgumentException.With.Message.Contains("Expected a snapshot name"));
        Assert.That(Directory.EnumerateFileSystemEntries(_root), Is.Empty);
    }

    [Test]
    public void Many_threads_with_different_names_do_not_disturb_each_other()
    {
        Parallel.For(0, 200, i => _store.Verify($"many/cell-{i}", $"text {i}"));
        _store.Accept();

        var states = new SnapshotState[200];
        Parallel.For(0, 200, i => states[i] = _store.Verify($"many/cell-{i}", $"text {i}").State);
        Assert.That(states, Is.All.EqualTo(SnapshotState.Equal));
        Assert.That(Directory.GetFiles(_root, "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }
}
