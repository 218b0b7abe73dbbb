using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>What Bouncy Castle's old TLS has not got.</summary>
public sealed class OldBouncyCastleTests
{
    [Test]
    public void Neither_the_newest_version_nor_its_groups_are_there()
    {
        var stack = new BouncyCastleStack();
        Assert.That(stack.Offers(TlsInterop.Tls.Wire.ProtocolVersion.Tls13), Is.False);
        Assert.That(stack.SuitesAt(TlsInterop.Tls.Wire.ProtocolVersion.Tls13), Is.Empty);
        Assert.That(stack.Groups, Does.Contain("secp256r1").And.Not.Contain("x25519"));
    }
}
