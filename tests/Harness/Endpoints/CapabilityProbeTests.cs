using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Scenarios;

namespace TlsInterop.Harness.Tests.Endpoints;

[Platform("Linux", Reason = "the session reads /proc")]
public sealed class CapabilityProbeTests
{
    private const string Capable = "echo suite tls1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256; echo group x25519";

    private static readonly Dictionary<string, Scenario> Scenarios = new() { ["echo"] = TestRequests.Scenario() };

    private string _folder = "";
    private CapabilityProbe _probe = null!;
    private AnswerCache _answers = null!;

    private string Cache => Path.Combine(_folder, "cache");
    private string Session => Path.Combine(_folder, "session.sh");

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-probe-").FullName;
        File.WriteAllText(Path.Combine(_folder, EndpointFile.FileName), "description: some");
        File.WriteAllText(Session, "# functions");
        _probe = new CapabilityProbe(_answers = new AnswerCache(Cache, Session), Scenarios);
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void An_answer_is_found_again_until_the_image_or_what_was_asked_changes()
    {
        var definition = TestRequests.Definition(_folder);
        Assert.That(_answers.Find<Capabilities>(definition, "sha256:1"), Is.Null);

        _answers.Keep(definition, "sha256:1", Capabilities.Read("Stack 1",
            "suite tls1.2 TLS_RSA_WITH_AES_128_CBC_SHA\ngroup x25519", NamingScheme.Find("iana")!));

        var found = _answers.Find<Capabilities>(definition, "sha256:1")!;
        Assert.That((found.Version, found.Suites["tls1.2"].Single(), found.Groups.Single()),
            Is.EqualTo(("Stack 1", (ushort)0x002f, (ushort)29)));
        Assert.That(_answers.Find<Capabilities>(definition, "sha256:2"), Is.Null);
        File.AppendAllText(Session, "\n# changed");
        Assert.That(_answers.Find<Capabilities>(definition, "sha256:1"), Is.Null);
        File.WriteAllText(Session, "# functions");
        Assert.That(_answers.Find<Capabilities>(definition, "sha256:1"), Is.Not.Null);
        File.AppendAllText(Path.Combine(_folder, EndpointFile.FileName), "\n# changed");
        Assert.That(_answers.Find<Capabilities>(definition, "sha256:1"), Is.Null);
    }

    [TestCase("")]
    [TestCase("{ \"Version\": \"cut o")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("[1, 2]")]
    public void An_answer_that_can_not_be_read_is_asked_for_again(string text)
    {
        var definition = TestRequests.Definition(_folder);
        _answers.Keep(definition, "sha256:1", Capabilities.Read("Stack 1", "", NamingScheme.Find("iana")!));
        File.WriteAllText(Directory.GetFiles(Cache).Single(), text);

        Assert.That(_answers.Find<Capabilities>(definition, "sha256:1"), Is.Null);
    }

    [Test]
    public async Task An_endpoint_that_answers_127_to_nonsense_is_believed_and_its_image_asked_once()
    {
        await using var local = await LocalEndpoint.OpenAsync();
        var definition = Definition("[[ $SUITE != *NONSENSE* ]] || exit 127");

        var offered = await _probe.AskAsync(local.As(definition), "sha256:1", "lo", CancellationToken.None);

        Assert.That(offered.Version, Is.EqualTo("Stack 1"));
        Assert.That(_answers.Find<Capabilities>(definition, "sha256:1")?.Groups, Is.EquivalentTo((ushort[])[29]));
    }

    [Test]
    public async Task A_stack_of_this_machine_is_asked_in_every_run()
    {
        await using var local = await LocalEndpoint.OpenAsync();

        await _probe.AskAsync(local.As(Definition("exit 127")), null, "lo", CancellationToken.None);

        Assert.That(Directory.Exists(Cache), Is.False);
    }

    [TestCase("exit 1", 1)]
    [TestCase("exit 0", 0)]
    public async Task An_endpoint_that_answers_nonsense_otherwise_breaks_the_contract(string client, int exitCode)
    {
        await using var local = await LocalEndpoint.OpenAsync();

        var broken = (await Assert.ThrowsAsync<EndpointException>(
            async () => await _probe.AskAsync(local.As(Definition(client)), "sha256:1", "lo",
                CancellationToken.None)))!;

        Assert.That(broken.Problem, Does.StartWith(
            $"Expected: exit code 127 from its client for the suite {CapabilityProbe.Nonsense}. Got: {exitCode}."));
        Assert.That(broken.Remedy, Does.Contain("client.unsupported"));
        Assert.That(Directory.Exists(Cache), Is.False, "what is not believed is not kept");
    }

    [Test]
    public async Task An_endpoint_that_lists_nothing_is_told()
    {
        await using var local = await LocalEndpoint.OpenAsync();
        var definition = Definition("exit 127") with { Capabilities = "echo broken; exit 4" };

        Assert.That(
            async () => await _probe.AskAsync(local.As(definition), null, "lo", CancellationToken.None),
            Throws.TypeOf<EndpointException>().With.Message.Contains("names no suite (exit code 4):\nbroken"));
    }

    private EndpointDefinition Definition(string client) => TestRequests.Definition(_folder) with
    {
        Version = "echo Stack 1",
        Capabilities = Capable,
        Words = new() { ["version"] = new() { ["*"] = "" } },
        Client = new ClientDefinition { Scenarios = ["echo"], Talk = client },
    };
}
