using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class SlotConfigurationsTests
{
    private const string Slot = "slots/465";

    private string _parent = "";
    private string _daemon = "";
    private string _elsewhere = "";

    [SetUp]
    public void SetUp()
    {
        _parent = Directory.CreateTempSubdirectory("tlsinterop-slots-").FullName;
        _daemon = Directory.CreateDirectory(Path.Combine(_parent, "exim@trixie")).FullName;
        _elsewhere = Directory.CreateDirectory(Path.Combine(_parent, "elsewhere")).FullName;
        File.WriteAllText(Path.Combine(_elsewhere, "secret"), "not of this run");
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_parent, recursive: true);

    [Test]
    public void What_a_slot_has_is_kept_once_without_keys_and_without_what_the_daemon_said()
    {
        var slot = Directory.CreateDirectory(Path.Combine(_daemon, Slot)).FullName;
        foreach (var name in new[] { "priority", "key.pem", "rsa2048.key", "output" })
            File.WriteAllText(Path.Combine(slot, name), name);
        File.WriteAllText(Path.Combine(slot, "both.pem"), "-----BEGIN PRIVATE KEY-----\n");

        var configurations = new SlotConfigurations(_daemon);
        var kept = configurations.Keep(Slot);

        Assert.That(configurations.Keep(Slot), Is.EqualTo(kept).And.Not.Null);
        Assert.That(
            Directory.GetFiles(Path.Combine(_daemon, "configurations", kept!)).Select(Path.GetFileName),
            Is.EqualTo((string[])["priority"]));
    }

    [Test]
    public void A_slot_that_is_a_link_out_of_the_daemons_folder_is_not_read()
    {
        Directory.CreateDirectory(Path.Combine(_daemon, "slots"));
        Directory.CreateSymbolicLink(Path.Combine(_daemon, Slot), _elsewhere);

        Assert.That(new SlotConfigurations(_daemon).Keep(Slot), Is.Null);
        Assert.That(Directory.Exists(Path.Combine(_daemon, "configurations")), Is.False);
    }

    [Test]
    public void Nothing_is_written_where_a_link_leads_out()
    {
        var slot = Directory.CreateDirectory(Path.Combine(_daemon, Slot)).FullName;
        File.WriteAllText(Path.Combine(slot, "priority"), "NORMAL");
        Directory.CreateSymbolicLink(Path.Combine(_daemon, "configurations"), _elsewhere);

        Assert.That(new SlotConfigurations(_daemon).Keep(Slot), Is.Null);
        Assert.That(Directory.GetFileSystemEntries(_elsewhere), Has.Length.EqualTo(1));
    }
}
