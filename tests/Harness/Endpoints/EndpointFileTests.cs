using System.Text.RegularExpressions;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class EndpointFileTests
{
    private const string Head = "description: some\ncapabilities: 'true'\n";
    private const string Client = "client:\n  scenarios: [echo]\n  talk: cat\n";

    private string _folder = "";

    private static IEnumerable<string> Folders =>
        Directory.EnumerateDirectories(RepositoryFiles.Find("containers")).Select(Path.GetFileName).OfType<string>()
            .Where(name => name != "base");

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-endpoint-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Folders))]
    public void A_folder_of_the_repository_reads_and_plays_scenarios_that_there_are(string name)
    {
        var endpoint = EndpointFile.Read(RepositoryFiles.Find($"containers/{name}"));
        var scenarios = ScenarioFile.Read(RepositoryFiles.Find("matrices/scenarios.yaml"));
        var played = (endpoint.Server?.Scenarios ?? []).Concat(endpoint.Client?.Scenarios ?? []).ToList();

        Assert.That(endpoint.Name, Is.EqualTo(name));
        Assert.That(played, Is.Not.Empty);
        Assert.That(played.Distinct(), Is.SubsetOf(scenarios.Keys));
        foreach (
            var pattern in new[] { endpoint.Server?.Unsupported, endpoint.Client?.Unsupported,
            endpoint.SnapshotsOf }.OfType<string>())
            Assert.That(() => new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), Throws.Nothing);
    }

    [Test]
    public void The_name_is_that_of_the_folder()
    {
        Write(Head + Client);

        var endpoint = EndpointFile.Read(_folder + "/");

        Assert.That(endpoint.Name, Is.EqualTo(Path.GetFileName(_folder)));
        Assert.That(endpoint.Names, Is.EqualTo("iana"));
    }

    [Test]
    public void Versions_are_the_suites_and_then_those_with_build_arguments_of_their_own()
    {
        Write(Head + "suites: [bookworm]\nversions: { 1.0.1u: { SUITE: bookworm, NODE: 0.12.18 } }\n" + Client);

        var endpoint = EndpointFile.Read(_folder);

        Assert.That(endpoint.VersionNames(), Is.EqualTo((string[])["bookworm", "1.0.1u"]));
        Assert.That(
            endpoint.BuildArguments("bookworm"),
            Is.EquivalentTo(new Dictionary<string, string> { ["SUITE"] = "bookworm" }));
        Assert.That(endpoint.BuildArguments("1.0.1u")["NODE"], Is.EqualTo("0.12.18"));
    }

    [TestCase(Head + Client + "colour: red\n", ":6:1", "colour")]
    [TestCase("capabilities: 'true'\n" + Client, ":2:", "description")]
    [TestCase(Head + "client:\n  talk: cat\n", ":4:", "scenarios")]
    [TestCase(Head + Client + Client, ":6:1", "client")]
    [TestCase(Head + "suites: yes, please\n" + Client, ":3:9", "")]
    [TestCase(Head + "client: {\n", ":", "")]
    [TestCase(Head, ":1:1", "it has no role: neither server nor client")]
    [TestCase("description: some\n" + Client, ":1:1", "it has no command 'capabilities'")]
    [TestCase(
        Head + "names: opnssl\n" + Client, ":3:1", "unknown naming scheme 'opnssl', did you mean 'openssl'?")]
    [TestCase(Head + "client:\n  scenarios: [echo]\n", ":3:1", "its client has neither 'talk' nor 'run'")]
    [TestCase(
        Head + "server:\n  scenarios: [echo]\n  key-log: k\n", ":3:1", "its server has neither 'process' nor 'daemon'")]
    [TestCase(
        Head + "server:\n  scenarios: [echo]\n  key-log: k\n  daemon: x\n", ":6:3",
        "its daemon has no command 'configure'")]
    [TestCase(
        Head + "server:\n  scenarios: [echo]\n  key-log: k\n  daemon: x\n  configure: x\n", ":3:1",
        "its daemon has no slots for 'echo'")]
    [TestCase(
        Head + "server:\n  scenarios: [echo]\n  key-log: k\n  daemon: x\n  configure: x\n  slots: { echo: [] }\n",
        ":8:12",
        "its daemon has no slots for 'echo'")]
    [TestCase(Head + "client:\n  scenarios: []\n  talk: cat\n", ":4:3", "its client plays no scenario")]
    [TestCase(Head + "server:\n  scenarios: []\n  process: x\n  key-log: k\n", ":4:3", "its server serves no scenario")]
    [TestCase(Head + "versions: { 1.0+2: { SUITE: sid } }\n" + Client, ":3:13", "version '1.0+2' is not made of")]
    [TestCase(Head + "versions: { A: { SUITE: sid } }\n" + Client, ":3:13", "version 'A' is not made of")]
    [TestCase(Head + "versions: { a: { NODE: 1 } }\n" + Client, ":3:13", "version 'a' names no SUITE")]
    [TestCase(
        Head + "suites: [sid]\nversions: { sid: { SUITE: sid } }\n" + Client, ":4:13",
        "version 'sid' is a suite as well")]
    [TestCase(Head + "progams: [openssl]\n" + Client, ":3:1", "unknown key 'progams', did you mean 'programs'?")]
    [TestCase(Head + Client + "  tallk: cat\n", ":6:3", "unknown key 'tallk', did you mean 'talk'?")]
    [TestCase(Head + Client + "nam: x\n", ":6:1", "did you mean 'names'?")]
    [TestCase(Head + Client + "name: x\n", ":6:1", "unknown key 'name', did you mean 'names'?")]
    [TestCase("", "", "the file is empty")]
    public void A_wrong_file_is_told_with_its_place_and_the_remedy(string text, string place, string problem)
    {
        Write(text);

        var wrong = Assert.Throws<EndpointException>(() => EndpointFile.Read(_folder))!;
        Assert.That(wrong.Endpoint, Does.StartWith(Path.Combine(_folder, EndpointFile.FileName) + place));
        Assert.That(wrong.Problem, Does.Contain(problem));
        Assert.That(wrong.Remedy, Does.Contain("containers/CONTRACT.md"));
    }

    [TestCase("scenarios: [key-update]\n  talk: cat\n", "has no 'key-update' among its 'commands', which 'key-update'")]
    [TestCase("scenarios: [echo]\n  talk: cat\n  commands: { key-updat: K }\n", "did you mean 'key-update'")]
    [TestCase("scenarios:\n  talk: cat\n", "a key is empty")]
    [TestCase("scenarios: [echo]\n  talk: cat\n  commands:\n", "a key is empty")]
    [TestCase("scenarios: [ecko]\n  talk: cat\n", ":4:15:")]
    [TestCase("scenarios: [ecko]\n  talk: cat\n", "did you mean 'echo'")]
    public void What_does_not_fit_the_scenarios_is_told(string client, string problem)
    {
        Write(Head + "client:\n  " + client);

        Assert.That(
            () => EndpointFile.Read(_folder, ScenarioFile.Read(RepositoryFiles.Find("matrices/scenarios.yaml"))),
            Throws.TypeOf<EndpointException>().With.Message.Contains(problem));
    }

    [Test]
    public void A_server_that_is_to_be_left_its_versions_needs_a_word_for_none()
    {
        Write(Head + "server:\n  process: cat\n  scenarios: [resumption-older-version]\n");

        Assert.That(
            () => EndpointFile.Read(_folder, ScenarioFile.Read(RepositoryFiles.Find("matrices/scenarios.yaml"))),
            Throws.TypeOf<EndpointException>().With.Message.Contains(
                "have no 'none', which 'resumption-older-version'"));
    }

    [Test]
    public void A_folder_without_a_file_is_told() =>
        Assert.That(
            () => EndpointFile.Read(_folder),
            Throws.TypeOf<EndpointException>().With.Message.Contains(EndpointFile.FileName));

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder, EndpointFile.FileName), text);
}
