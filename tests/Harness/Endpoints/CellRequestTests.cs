using TlsInterop.Harness.Scenarios;

namespace TlsInterop.Harness.Tests.Endpoints;

/// <summary>What of a cell's request its server is asked.</summary>
public sealed class CellRequestTests
{
    [Test]
    public void A_server_is_held_to_the_request_unless_it_is_left_all_its_versions()
    {
        var exact = TestRequests.Request(group: "x25519");
        Assert.That(exact.OfServer(), Is.EqualTo(exact));

        var free = exact with
        {
            Scenario = exact.Scenario with { Server = new() { [ScenarioParameter.Versions] = "all" } },
        };
        Assert.That(free.OfServer(), Is.EqualTo(free with { Version = null, Suite = null, Group = null }));
    }
}
