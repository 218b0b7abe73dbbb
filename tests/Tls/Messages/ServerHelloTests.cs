using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Messages;

internal sealed class ServerHelloTests
{
    [Test]
    public void A_ServerHello_of_an_early_draft_of_TLS_1_3_has_neither_session_id_nor_compression()
    {
        byte[] bytes = [2, 0, 0, 42, 0x7f, 0x14, .. new byte[32], 0x13, 0x03, 0, 4, 0, 23, 0, 0];

        var message = HandshakeMessage.Read(bytes, default);

        var hello = (ServerHello)message.Body;
        Assert.That(message.Fault, Is.Null);
        Assert.That((hello.CipherSuite.Code, hello.SessionId.Length), Is.EqualTo((0x1303, 0)));
        Assert.That(hello.Extensions.Has(ExtensionType.ExtendedMasterSecret));
    }
}
