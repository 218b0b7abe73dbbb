using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Tests.Endpoints;

namespace TlsInterop.Harness.Tests.Predictions;

public sealed class ServerPoliciesTests
{
    private static readonly EndpointDefinition Process = TestRequests.Definition();

    [Test]
    public void Scenarios_that_configure_a_server_alike_are_one_question()
    {
        Assert.That(Question(Process, "idle"), Is.EqualTo(Question(Process, "echo")));
        Assert.That(Question(Process, "echo", resume: "ticket"), Is.Not.EqualTo(Question(Process, "echo")));
        Assert.That(Question(Process, "echo", startTls: "smtp"), Is.Not.EqualTo(Question(Process, "echo")));
    }

    [Test]
    public void Who_has_a_word_or_a_port_for_the_scenario_is_asked_in_each()
    {
        var daemon = Process with { Server = new() { Scenarios = ["echo"], Daemon = "d" } };
        var named = Process with { Words = new() { ["request"] = new() { ["echo"] = "e" } } };

        foreach (var definition in new[] { daemon, named })
            Assert.That(Question(definition, "idle"), Is.Not.EqualTo(Question(definition, "echo")));
    }

    private static string Question(
        EndpointDefinition definition, string name, string? resume = null, string? startTls = null)
    {
        var scenario = TestRequests.Scenario(name, startTls) with
        {
            Server = resume is null ? [] : new() { ["resume"] = resume },
        };
        return ServerPolicies.Question(definition, new CellRequest(scenario, null, null, null, "rsa2048"));
    }
}
