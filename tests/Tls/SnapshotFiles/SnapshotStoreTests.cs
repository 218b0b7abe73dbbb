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

    [Test]
    public void An_accepted_text_is_equal_the_next_time()
    {
        _store.Verify(Name, "→ ClientHello\n");

        Assert.That(_store.Accept(), Is.EqualTo((string[])[Name]));
        Assert.That(_store.Verify(Name, "→ ClientHello\n").State, Is.EqualTo(SnapshotState.Equal));
        Assert.That(_store.Received(), Is.Empty);
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
}
