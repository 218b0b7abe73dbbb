using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class LocalBinariesTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-local-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "apps"));
        File.WriteAllText(Path.Combine(_folder, "apps", "openssl"), "");
        File.WriteAllText(Path.Combine(_folder, "libssl.so.3"), "");
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCase("apps")]
    [TestCase("apps/openssl")]
    public void A_program_or_its_folder_may_be_named(string path) => Assert.That(
        LocalBinaries.Parse($"openssl={Path.Combine(_folder, path)}"),
        Is.EqualTo(new KeyValuePair<string, string>("openssl", Path.Combine(_folder, "apps"))));

    [TestCase("openssl", "Expected: NAME=PATH")]
    [TestCase("=/usr/bin", "Expected: NAME=PATH")]
    [TestCase("openssl=/not/there", "there is no file or folder /not/there")]
    public void What_is_no_such_thing_is_told(string argument, string problem) =>
        Assert.That(() => LocalBinaries.Parse(argument),
            Throws.TypeOf<EndpointException>().With.Message.Contains(problem));

    [Test]
    public void The_folder_is_searched_first_with_the_libraries_above_it()
    {
        var apps = Path.Combine(_folder, "apps");
        var environment = new LocalBinaries(new Dictionary<string, string> { ["openssl"] = apps })
            .Environment("openssl");

        Assert.That(environment["PATH"], Does.StartWith(apps + Path.PathSeparator));
        Assert.That(environment["LD_LIBRARY_PATH"].Split(Path.PathSeparator)[0], Is.EqualTo(_folder));
    }

    [Test]
    public void What_PATH_finds_needs_no_variables() =>
        Assert.That(new LocalBinaries(new Dictionary<string, string> { ["openssl"] = "" })
            .Environment("openssl"), Is.Empty);

    [TestCase("sh", true)]
    [TestCase("no-such-program-anywhere", false)]
    [TestCase(null, false)]
    public void An_endpoint_is_installed_if_all_its_programs_are(string? program, bool installed)
    {
        var definition = TestRequests.Definition() with { Programs = program is null ? [] : ["sh", program] };

        Assert.That(LocalBinaries.IsInstalled(definition), Is.EqualTo(installed));
    }
}
