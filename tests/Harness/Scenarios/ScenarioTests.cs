using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Tests.Endpoints;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Scenarios;

public sealed class ScenarioTests
{
    private static readonly Dictionary<string, string> NoCommands = [];

    private string _file = "";

    [SetUp]
    public void SetUp() => _file = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(_file);

    [Test]
    public void Silence_is_that_of_all_steps_of_all_visits()
    {
        var scenario = TestRequests.Scenario(
            steps: [new() { Silence = 700 }, new() { Send = "x" }, new() { Silence = 50 }]);

        Assert.That(scenario.Silence, Is.EqualTo(TimeSpan.FromMilliseconds(750)));
        Assert.That((scenario with { Visits = 2 }).Silence, Is.EqualTo(TimeSpan.FromMilliseconds(1500)));
    }

    [Test]
    public void A_conversation_is_one_line_whatever_is_said()
    {
        var scenario = TestRequests.Scenario("mail", null,
            new ConversationStep { Expect = "^220 " },
            new ConversationStep { Send = "it's\\\r\n", Expect = "^250 " },
            new ConversationStep { Echo = 16384 },
            new ConversationStep { Silence = 1500 },
            new ConversationStep { Finish = true },
            new ConversationStep { Closed = true });

        Assert.That(scenario.ToShell("/shared", NoCommands), Is.EqualTo(
            @"hear '^220 ' && say 'it'\''s\\\r\n' && hear '^250 ' && mirror /shared/payload-16384 16384 "
            + "&& hush 1.500 && finish && part"));
    }

    [Test]
    public void A_conversation_without_steps_is_true() =>
        Assert.That(TestRequests.Scenario().ToShell("/shared", NoCommands), Is.EqualTo("true"));

    [Test]
    public void A_command_is_told_in_the_words_of_the_client_or_the_conversation_ends()
    {
        var scenario = TestRequests.Scenario(steps: new ConversationStep { Command = "key-update" });

        Assert.That(scenario.ToShell("/shared", new Dictionary<string, string> { ["key-update"] = "K\n" }),
            Is.EqualTo(@"bid 'K\n'"));
        Assert.That(scenario.ToShell("/shared", NoCommands), Is.EqualTo("false"));
    }

    [Test]
    public void A_client_that_will_be_commanded_is_asked_for_it()
    {
        File.WriteAllText(_file, "a:\n  description: x\n  conversation:\n    - command: key-update\n");

        Assert.That(ScenarioFile.Read(_file)["a"].Asks(EndpointRole.Client),
            Contains.Key("command").WithValue("key-update"));
    }

    [Test]
    public void One_value_is_as_good_as_a_list()
    {
        File.WriteAllText(_file, "a:\n  description: x\n  versions: tls1.3\n  outcome: [complete, server-refuses]\n"
            + "  wire: { alpn: none }\n  conversation: []\n");

        var scenario = ScenarioFile.Read(_file)["a"];

        Assert.That((scenario.IsOf(ProtocolVersion.Tls13), scenario.IsOf(ProtocolVersion.Tls12)),
            Is.EqualTo((true, false)));
        Assert.That(scenario.Outcome.Values, Is.EqualTo((string[])["complete", "server-refuses"]));
        Assert.That(scenario.Wire["alpn"].ToString(), Is.EqualTo("none"));
    }

    [TestCase("server: { sni: absent }", "unknown parameter of a server 'sni'")]
    [TestCase("client: { alpm: x }", "did you mean 'alpn'?")]
    [TestCase("outcome: [complete, refused]", "unknown outcome 'refused'")]
    [TestCase("wire: { sesion: id }", "did you mean 'session'?")]
    [TestCase("versions: tls1.4", "unknown version 'tls1.4'")]
    [TestCase("server: { client-certificate: requierd }", "did you mean 'required'?")]
    [TestCase("client: { resume: tickets }", "unknown resume of a client 'tickets', did you mean 'ticket'?")]
    [TestCase("server:", "a key or a step of it is empty")]
    [TestCase("wire: { alpn: }", "a key or a step of it is empty")]
    [TestCase("visits: 3", "'visits' is 1 or 2")]
    [TestCase("breaks: clear-text-after-startls", "did you mean 'clear-text-after-starttls'?")]
    [TestCase("breaks:", "a key or a step of it is empty")]
    public void A_word_that_nobody_knows_is_told_with_its_scenario(string key, string told)
    {
        File.WriteAllText(_file, $"odd:\n  description: x\n  conversation: []\n  {key}\n");

        var wrong = Assert.Throws<EndpointException>(() => ScenarioFile.Read(_file))!;
        Assert.That(wrong.Message, Does.Contain("scenario 'odd'").And.Contain(told));
    }

    [Test]
    public void Scenarios_have_the_names_of_their_rows()
    {
        File.WriteAllText(
            _file, "echo:\n  description: some\n  client: { starttls: smtp }\n  conversation:\n    - echo: 1\n");

        var scenario = ScenarioFile.Read(_file)["echo"];

        Assert.That((scenario.Name, scenario.StartTls, scenario.Conversation.Single().Echo),
            Is.EqualTo(("echo", "smtp", (int?)1)));
    }

    [TestCase("echo:\n  description: some\n  converstation: []\n", ":3:3", "converstation")]
    [TestCase("echo:\n  description: some\n", ":2:", "conversation")]
    [TestCase("echo: [\n", ":1:", "")]
    [TestCase("a:\n  description: x\n  conversation: []\na:\n  description: x\n  conversation: []\n", ":1:1", "a")]
    public void A_wrong_file_is_told_with_line_and_column(string text, string place, string named)
    {
        File.WriteAllText(_file, text);

        var wrong = Assert.Throws<EndpointException>(() => ScenarioFile.Read(_file))!;
        Assert.That(wrong.Endpoint, Does.StartWith(_file + place));
        Assert.That(wrong.Problem, Does.Contain(named));
    }

    [Test]
    public void A_step_that_makes_no_sense_is_told_with_its_scenario()
    {
        File.WriteAllText(_file, "both:\n  description: some\n  conversation:\n    - { echo: 1, send: x }\n");

        Assert.That(() => ScenarioFile.Read(_file),
            Throws.TypeOf<EndpointException>().With.Message.Contains("scenario 'both'"));
    }

    [TestCase("hollow:\n")]
    [TestCase("hollow:\n  description: x\n  conversation:\n    -\n")]
    [TestCase("hollow:\n  description: x\n  conversation:\n")]
    public void What_is_empty_is_told_with_its_scenario(string text)
    {
        File.WriteAllText(_file, text);

        Assert.That(() => ScenarioFile.Read(_file),
            Throws.TypeOf<EndpointException>().With.Message.Contains("hollow").And.Message.Contains("empty"));
    }

    [Test]
    public void A_file_that_is_not_there_is_told() =>
        Assert.That(() => ScenarioFile.Read("/nowhere/scenarios.yaml"), Throws.TypeOf<EndpointException>());

    [Test]
    public void An_empty_file_is_told()
    {
        File.WriteAllText(_file, "");

        Assert.That(() => ScenarioFile.Read(_file), Throws.TypeOf<EndpointException>().With.Message.Contains("empty"));
    }
}
