using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class HkdfTests
{
    private const string ClientInitial = "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea";
    private const string ServerInitial = "3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b";
    private const string ChaCha20 = "9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b";

    // RFC 5869, Appendix A.1 and A.3
    [TestCase(
        "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")]
    [TestCase(
        "", "",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
    public void The_vectors_of_RFC_5869_come_out(string salt, string info, string pseudorandomKey, string output)
    {
        var inputKeyingMaterial = Enumerable.Repeat((byte)0x0b, 22).ToArray();

        var extracted = Hkdf.Extract("SHA256", Hex.Of(salt), inputKeyingMaterial);
        Assert.That(extracted, Is.EqualTo(Hex.Of(pseudorandomKey)));
        Assert.That(Hkdf.Expand("SHA256", extracted, Hex.Of(info), 42), Is.EqualTo(Hex.Of(output)));
    }

    // RFC 9001, Appendix A.1 and A.5: QUIC derives its keys by the labels of TLS 1.3.
    [TestCase(ClientInitial, "quic key", "1f369613dd76d5467730efcbe3b1a22d")]
    [TestCase(ClientInitial, "quic iv", "fa044b2f42a3fd3b46fb255c")]
    [TestCase(ClientInitial, "quic hp", "9f50449e04a0e810283a1e9933adedd2")]
    [TestCase(ServerInitial, "quic key", "cf3a5331653c364c88f0f379b6067e37")]
    [TestCase(ServerInitial, "quic iv", "0ac1493ca1905853b0bba03e")]
    [TestCase(ChaCha20, "quic key", "c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8")]
    [TestCase(ChaCha20, "quic iv", "e0459b3474bdd0e44a41c144")]
    [TestCase(ChaCha20, "quic ku", "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9")]
    public void The_vectors_of_RFC_9001_come_out(string secret, string label, string expected) => Assert.That(
        Hkdf.ExpandLabel("SHA256", Hex.Of(secret), label, [], expected.Length / 2), Is.EqualTo(Hex.Of(expected)));

    [TestCase("client in", ClientInitial)]
    [TestCase("server in", ServerInitial)]
    public void The_initial_secrets_of_RFC_9001_come_out(string label, string expected)
    {
        var initial = Hkdf.Extract(
            "SHA256", Hex.Of("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"), Hex.Of("8394c8f03e515708"));

        Assert.That(Hkdf.ExpandLabel("SHA256", initial, label, [], 32), Is.EqualTo(Hex.Of(expected)));
    }

    [Test]
    public void More_output_than_255_blocks_is_the_callers_mistake() =>
        Assert.That(() => Hkdf.Expand("SHA256", [1], [], (255 * 32) + 1), Throws.TypeOf<ArgumentOutOfRangeException>());
}
