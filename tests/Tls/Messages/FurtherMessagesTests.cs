using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Messages.CheckedMessage;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>Messages that few handshakes have.</summary>
public sealed class FurtherMessagesTests
{
    private static readonly MessageContext Tls12 = Context(ProtocolVersion.Tls12, "ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    [Test]
    public void NPN_ends_with_the_clients_choice_and_padding()
    {
        var message = CheckedMessage.Read<NextProtocol>(
            HandshakeType.NextProtocol, [.. Vector8("spdy/3"u8), .. Vector8(new byte[24])], Tls12);

        Assert.That((message.Describe(new PlainTokens()), message.Padding.Length), Is.EqualTo(("spdy/3", 24)));
    }

    [Test]
    public void A_channel_id_is_a_point_and_a_signature()
    {
        var message = CheckedMessage.Read<ChannelId>(
            HandshakeType.ChannelId, [0x75, 0x50, .. Vector16(Filler(128))], Tls12);

        Assert.That(message.ExtensionType, Is.EqualTo(ExtensionType.ChannelId));
        Assert.That(message.S.Span[^1], Is.EqualTo(128));
    }

    [Test]
    public void A_certificate_may_be_sent_as_URL()
    {
        byte[] list = [.. Vector16("http://ca.test/1"u8), 1, .. Filler(20), .. Vector16("http://ca.test/2"u8), 1,
            .. Filler(20)];

        var message = CheckedMessage.Read<CertificateUrl>(HandshakeType.CertificateUrl, [0, .. Vector16(list)], Tls12);

        Assert.That(
            message.Describe(new PlainTokens()), Is.EqualTo("individual_certs: http://ca.test/1, http://ca.test/2"));
        Assert.That(message.UrlAndHashList[1].Sha1Hash.ToArray(), Is.EqualTo(Filler(20)));
    }

    [Test]
    public void Supplemental_data_of_unknown_types_survives()
    {
        var message = CheckedMessage.Read<SupplementalData>(
            HandshakeType.SupplementalData, Vector24(Hex.Of("0000 0002 abcd 1234 0001 ff")), Tls12);

        Assert.That(message.Describe(new PlainTokens()), Is.EqualTo("user_mapping_data, 0x1234"));
        Assert.That(message.SuppData[1].Data.ToArray(), Is.EqualTo((byte[])[0xff]));
    }

    [TestCase(3, "HelloVerifyRequest")]
    [TestCase(9, "RequestConnectionId")]
    [TestCase(26, "EktKey")]
    [TestCase(254, "message_hash")]
    [TestCase(99, "0x63")]
    public void A_message_that_has_no_place_on_TCP_keeps_its_name_and_octets(byte type, string name)
    {
        var message = HandshakeMessage.Read(Framed(new(type), [1, 2, 3]), Tls12);

        Assert.That((message.Type.ToString(), message.Fault), Is.EqualTo((name, (WireFault?)null)));
        Assert.That(((UnknownBody)message.Body).Content.ToArray(), Is.EqualTo((byte[])[1, 2, 3]));
    }
}
