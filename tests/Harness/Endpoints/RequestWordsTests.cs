using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class RequestWordsTests
{
    [Test]
    public async Task A_shell_reads_exactly_what_was_meant_whatever_is_in_it()
    {
        const string Hostile = "it's \"$(touch pwned)\" `id` \\ ;\n&& x";
        var words = Words(new() { ["version"] = new() { ["*"] = Hostile } });

        Assert.That(await ValueAsync(words, TestRequests.Request(), "VERSION"), Is.EqualTo(Hostile));
    }

    [TestCase(null, "all of them")]
    [TestCase("x25519", "only X25519")]
    public async Task A_group_is_worded_by_star_and_its_absence_by_none(string? group, string word)
    {
        var words = Words(new()
        {
            ["version"] = new() { ["tls1.2"] = "v12" },
            ["group"] = new() { ["*"] = "only {group}", ["none"] = "all of them" },
        });

        Assert.That(await ValueAsync(words, TestRequests.Request(group: group), "GROUP"), Is.EqualTo(word));
    }

    [TestCase(null, "")]
    [TestCase("smtp", "-starttls smtp")]
    [TestCase("imap", "")]
    public async Task A_word_that_is_not_there_is_empty_and_star_is_never_none(string? startTls, string word)
    {
        var words = Words(new()
        {
            ["version"] = new() { ["*"] = "any" },
            ["starttls"] = new() { ["smtp"] = "-starttls smtp" },
        });
        var starred = Words(new() { ["version"] = new() { ["*"] = "any" }, ["starttls"] = new() { ["*"] = "some" } });

        Assert.That(await ValueAsync(words, TestRequests.Request(startTls: startTls), "STARTTLS"), Is.EqualTo(word));
        Assert.That(await ValueAsync(starred, TestRequests.Request(startTls: startTls), "STARTTLS"),
            Is.EqualTo(startTls is null ? "" : "some"));
    }

    [TestCase(EndpointRole.Server, "-alpn a -no_ticket")]
    [TestCase(EndpointRole.Client, "-alpn b")]
    public async Task A_scenario_asks_each_end_for_its_own(EndpointRole role, string words)
    {
        var scenario = TestRequests.Scenario() with
        {
            Server = new() { ["alpn"] = "a", ["resume"] = "id" }, Client = new() { ["alpn"] = "b" },
        };
        var stack = Words(new()
        {
            ["version"] = new() { ["*"] = "any" },
            ["alpn"] = new() { ["*"] = "-alpn {alpn}" },
            ["resume"] = new() { ["id"] = " -no_ticket" },
            ["all"] = new() { ["*"] = "{alpn}{resume}" },
        });

        var text = stack.Assignments(
            TestRequests.Request() with { Scenario = scenario }, role, "/shared", "192.0.2.1", 4433);

        Assert.That(await EchoAsync(text, "ALL"), Is.EqualTo(words));
    }

    [Test]
    public async Task Variables_that_stand_above_are_replaced_in_a_text()
    {
        var words = Words(new()
        {
            ["version"] = new() { ["tls1.2"] = "+VERS-TLS1.2" },
            ["priority"] = new() { ["*"] = "NONE:{version}:{suite}@{host}:{port}/{server_name}" },
        });

        Assert.That(await ValueAsync(words, TestRequests.Request(), "PRIORITY"),
            Is.EqualTo("NONE:+VERS-TLS1.2:ECDHE-RSA-AES128-GCM-SHA256@192.0.2.1:4433/tlsinterop.test"));
    }

    [Test]
    public void What_the_stack_has_no_word_for_is_null()
    {
        var words = Words(new() { ["version"] = new() { ["tls1.3"] = "v13" } });
        var complete = Words(new() { ["version"] = new() { ["*"] = "any" } });

        Assert.That(Assignments(words, TestRequests.Request()), Is.Null, "no word for the version");
        Assert.That(Assignments(complete, TestRequests.Request(group: "GC256A")), Is.Null,
            "OpenSSL has no name for the group");
        Assert.That(Assignments(complete, TestRequests.Request()), Is.Not.Null);
    }

    [Test]
    public async Task A_suite_that_no_registry_has_goes_to_the_stack_as_it_is()
    {
        var words = Words(new() { ["version"] = new() { ["*"] = "any" } });

        Assert.That(await ValueAsync(words, TestRequests.Request(CapabilityProbe.Nonsense), "SUITE"),
            Is.EqualTo(CapabilityProbe.Nonsense));
    }

    [Test]
    public async Task Files_of_the_run_and_the_environment_are_assigned()
    {
        var definition = TestRequests.Definition(names: "openssl") with { Environment = new() { ["TUNED"] = "a b" } };
        var words = new RequestWords(definition);

        Assert.That(await ValueAsync(words, TestRequests.Request(), "CA"), Is.EqualTo("/shared/root.pem"));
        Assert.That(await ValueAsync(words, TestRequests.Request(), "CERTIFICATE"), Is.EqualTo("/shared/rsa2048.pem"));
        Assert.That(await ValueAsync(words, TestRequests.Request(), "KEY"), Is.EqualTo("/shared/rsa2048.key"));
        Assert.That(await ValueAsync(words, TestRequests.Request(), "TUNED"), Is.EqualTo("a b"));
    }

    private static RequestWords Words(Dictionary<string, Dictionary<string, string>> words) =>
        new(TestRequests.Definition(names: "openssl") with { Words = words });

    private static string? Assignments(RequestWords words, CellRequest request) =>
        words.Assignments(request, EndpointRole.Client, "/shared", "192.0.2.1", 4433);

    private static Task<string> ValueAsync(RequestWords words, CellRequest request, string variable) =>
        EchoAsync(Assignments(words, request), variable);

    private static async Task<string> EchoAsync(string? assignments, string variable)
    {
        var script = $"{assignments}printf %s \"${variable}\"";
        var result = await Command.RunAsync("bash", ["-c", script], TimeSpan.FromSeconds(30));
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        return result.Output.EndsWith('\n') ? result.Output[..^1] : result.Output;
    }
}
