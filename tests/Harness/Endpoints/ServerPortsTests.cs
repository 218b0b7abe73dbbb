using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

[TestFixture]
public sealed class ServerPortsTests
{
    [Test]
    public void No_two_servers_of_a_run_get_the_same_port_and_none_a_port_of_outgoing_connections()
    {
        var ports = new ServerPorts();

        var given = Enumerable.Range(0, 20_000).AsParallel().Select(_ => ports.Next()).ToList();

        Assert.That(given, Is.Unique);
        Assert.That(given, Has.All.InRange(10_000, 31_999));
    }
}
