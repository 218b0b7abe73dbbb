using TlsInterop.Harness.Cases;

namespace TlsInterop.Harness.Tests.Cases;

public sealed class ReportedCasesTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-cases-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Profiles_come_in_the_order_of_their_names_and_without_those_that_are_being_written()
    {
        foreach (var id in new[] { "zulu", ".mike.0123", "alpha", "mike" }) Profile(id);
        Directory.CreateDirectory(Path.Combine(_folder, "without"));

        var profiles = ReportedCases.ProfilesIn(_folder);

        Assert.That(profiles.Keys, Is.EqualTo(new[] { "alpha", "mike", "zulu" }));
        Assert.That(profiles["mike"], Is.EqualTo(Path.Combine(_folder, "mike", CaseFile.ProfileName)));
    }

    [Test]
    public void Folder_that_is_not_there_has_none()
    {
        var nowhere = Path.Combine(_folder, "nowhere");
        Assert.That(ReportedCases.ProfilesIn(nowhere), Is.Empty);
        Assert.That(ReportedCases.Load(nowhere).All, Is.Empty);
    }

    private void Profile(string id)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, id)).FullName;
        File.WriteAllText(Path.Combine(folder, CaseFile.ProfileName), "description: a client\n");
    }
}
