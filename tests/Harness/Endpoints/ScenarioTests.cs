using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class ScenarioTests
{
    private string _file = "";

    [SetUp]
    public void SetUp() => _file = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(_file);

    [Test]
    public void A_conversation_is_one_line_whatever_is_said()
    {
        var scenario = TestRequests.Scenario("mail", null,
            new ConversationStep { Expect = "^220 " },
            new ConversationStep { Send = "it's\\\r\n", Expect = "^250 " },
            new ConversationStep { Echo = 16384 },
            new ConversationStep { Closed = true });

        Assert.That(scenario.ToShell("/shared"), Is.EqualTo(
            @"hear '^220 ' && say 'it'\''s\\\r\n' && hear '^250 ' && mirror /shared/payload-16384 16384 && part"));
    }

    [Test]
    public void A_conversation_without_steps_is_true() =>
        Assert.That(TestRequests.Scenario().ToShell("/shared"), Is.EqualTo("true"));

    [Test]
    public void Scenarios_have_the_names_of_their_rows()
    {
        File.WriteAllText(_file, "echo:\n  description: some\n  start-tls: smtp\n  conversation:\n    - echo: 1\n");

        var scenario = Scenario.ReadAll(_file)["echo"];

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

        var wrong = Assert.Throws<EndpointException>(() => Scenario.ReadAll(_file))!;
        Assert.That(wrong.Endpoint, Does.StartWith(_file + place));
        Assert.That(wrong.Problem, Does.Contain(named));
    }

    [Test]
    public void A_step_that_makes_no_sense_is_told_with_its_scenario()
    {
        File.WriteAllText(_file, "both:\n  description: some\n  conversation:\n    - { echo: 1, send: x }\n");

        Assert.That(() => Scenario.ReadAll(_file),
            Throws.TypeOf<EndpointException>().With.Message.Contains("scenario 'both'"));
    }

    [Test]
    public void A_file_that_is_not_there_is_told() =>
        Assert.That(() => Scenario.ReadAll("/nowhere/scenarios.yaml"), Throws.TypeOf<EndpointException>());

    [Test]
    public void An_empty_file_is_told()
    {
        File.WriteAllText(_file, "");

        Assert.That(() => Scenario.ReadAll(_file), Throws.TypeOf<EndpointException>().With.Message.Contains("empty"));
    }
}
