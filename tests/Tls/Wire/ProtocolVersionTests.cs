using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

public sealed class ProtocolVersionTests
{
    [TestCase(0x0303, "TLS 1.2", "1.2")]
    [TestCase(0x7f1c, "TLS 1.3-draft28", "1.3-draft28")]
    [TestCase(0x7f12, "TLS 1.3-draft18", "1.3-draft18")]
    [TestCase(0x7e01, "TLS 1.3-google1", "1.3-google1")]
    [TestCase(0xfb17, "TLS 1.3-facebook23", "1.3-facebook23")]
    [TestCase(0x0305, "0x0305", "0x0305")]
    public void A_version_is_spelled_one_way(int code, string name, string number)
    {
        var version = new ProtocolVersion((ushort)code);

        Assert.That((version.ToString(), version.Number), Is.EqualTo((name, number)));
    }
}
