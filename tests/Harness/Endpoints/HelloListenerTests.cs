using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class HelloListenerTests
{
    [Test]
    [CancelAfter(8_000)]
    public async Task Nobody_waits_behind_a_client_that_says_nothing(CancellationToken cancellationToken)
    {
        using var listener = HelloListener.Start("lo");
        using var silent = new TcpClient(listener.Host, listener.Port);
        using var client = new TcpClient(listener.Host, listener.Port);
        await using var stream = new SslStream(client.GetStream());
        // Whoever was heard is hung up on.
        await Assert.ThatAsync(
            () => stream.AuthenticateAsClientAsync(new() { TargetHost = "tlsinterop.test" }, cancellationToken),
            Throws.InstanceOf<IOException>().Or.InstanceOf<AuthenticationException>());
        Assert.That(listener.Heard, Has.Count.EqualTo(1));
    }
}
