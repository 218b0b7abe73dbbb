using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Messages.CheckedMessage;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>Each form that a suite gives to ClientKeyExchange.</summary>
public sealed class ClientKeyExchangeTests
{
    [TestCase("RSA_WITH_AES_128_CBC_SHA", 0, 2)]
    [TestCase("RSA_EXPORT_WITH_RC4_40_MD5", 0, 2)]
    [TestCase("DHE_RSA_WITH_AES_128_CBC_SHA", 0, 2)]
    [TestCase("DH_anon_WITH_AES_128_CBC_SHA", 0, 2)]
    [TestCase("DH_RSA_WITH_AES_128_CBC_SHA", 0, 2)]
    [TestCase("ECDHE_RSA_WITH_AES_128_CBC_SHA", 0, 1)]
    [TestCase("ECDH_anon_WITH_AES_128_CBC_SHA", 0, 1)]
    [TestCase("ECDH_RSA_WITH_AES_128_CBC_SHA", 0, 1)]
    [TestCase("SRP_SHA_WITH_AES_128_CBC_SHA", 0, 2)]
    [TestCase("SRP_SHA_RSA_WITH_AES_128_CBC_SHA", 0, 2)]
    [TestCase("PSK_WITH_AES_128_CBC_SHA", 4, 0)]
    [TestCase("RSA_PSK_WITH_AES_128_CBC_SHA", 4, 2)]
    [TestCase("DHE_PSK_WITH_AES_128_CBC_SHA", 4, 2)]
    [TestCase("ECDHE_PSK_WITH_AES_128_CBC_SHA", 4, 1)]
    public void The_key_exchange_decides_the_form(string suite, int identityLength, int lengthOctets)
    {
        byte[] identity = identityLength == 0 ? [] : Vector16("user"u8);
        byte[] exchange = lengthOctets switch { 0 => [], 1 => Vector8(Filler(65)), _ => Vector16(Filler(65)) };

        var message = CheckedMessage.Read<ClientKeyExchange>(
            HandshakeType.ClientKeyExchange, [.. identity, .. exchange], Context(ProtocolVersion.Tls12, suite));

        Assert.That((message.PskIdentity?.Length ?? 0, message.Exchange.Length),
            Is.EqualTo((identityLength, lengthOctets == 0 ? 0 : 65)));
    }

    [TestCase("DH_RSA_WITH_AES_128_CBC_SHA")]
    [TestCase("ECDH_RSA_WITH_AES_128_CBC_SHA")]
    public void A_key_that_is_in_the_clients_certificate_is_not_sent_again(string suite)
    {
        var message = CheckedMessage.Read<ClientKeyExchange>(
            HandshakeType.ClientKeyExchange, [], Context(ProtocolVersion.Tls12, suite));

        Assert.That(message.Exchange.Length, Is.Zero);
    }

    [Test]
    public void Without_a_ServerHello_nobody_knows_what_it_is()
    {
        byte[] bytes = [16, 0, 0, 3, 2, 1, 2];

        var message = HandshakeMessage.Read(bytes, default);

        Assert.That(message.Body.Describe(new PlainTokens()), Is.EqualTo("key exchange unknown"));
    }

    [Test]
    public void SSL_3_sends_an_encrypted_secret_without_its_length()
    {
        var message = CheckedMessage.Read<ClientKeyExchange>(
            HandshakeType.ClientKeyExchange, Filler(128), Context(ProtocolVersion.Ssl3, "RSA_WITH_RC4_128_SHA"));

        Assert.That(message.Exchange.Length, Is.EqualTo(128));
    }
}
