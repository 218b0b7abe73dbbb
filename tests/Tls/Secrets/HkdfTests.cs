using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class HkdfTests
{
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

    [Test]
    public void More_output_than_255_blocks_is_the_callers_mistake() =>
        Assert.That(() => Hkdf.Expand("SHA256", [1], [], (255 * 32) + 1), Throws.TypeOf<ArgumentOutOfRangeException>());
}
