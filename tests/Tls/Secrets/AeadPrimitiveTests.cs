using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class AeadPrimitiveTests
{
    private const string ShangMiKey = "0123456789abcdeffedcba9876543210";
    private const string ShangMiNonce = "00001234567800000000abcd";
    private const string ShangMiData = "feedfacedeadbeeffeedfacedeadbeefabaddad2";

    private const string ShangMiContent =
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa";

    // RFC 8998, Appendix A
    [TestCase(
        "SM4_GCM_SM3",
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec")]
    [TestCase(
        "SM4_CCM_SM3",
        "48af93501fa62adbcd414cce6034d895dda1bf8f132f042098661572e7483094"
        + "fd12e518ce062c98acee28d95df4416bed31a2f04476c18bb40c84a74b97dc5b16842d4fa186f56ab33256971fa110f4")]
    public void The_vectors_of_RFC_8998_come_out_and_back(string suite, string expected) =>
        Check(suite, ShangMiKey, ShangMiNonce, ShangMiData, ShangMiContent, expected);

    // RFC 9001, Appendix A.5: a packet of QUIC is protected as a record is.
    [Test]
    public void The_packet_of_RFC_9001_comes_out_and_back() => Check(
        "CHACHA20_POLY1305_SHA256",
        "c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8",
        "e0459b3474bdd0e46d417eb0",
        "4200bff4",
        "01",
        "655e5cd55c41f69080575d7999c25a5bfb");

    // Computed from the words of RFC 9150, Section 5, with another implementation of HMAC: content and tag.
    [Test]
    public void Without_a_cipher_the_tag_covers_nonce_header_and_content() => Check(
        "SHA256_SHA256",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283",
        "1703030030",
        "68656c6c6f206f76657220544c530a",
        "68656c6c6f206f76657220544c530a"
        + "969f35fb943177eff1d69d869b73b9dfb6270d219876959bc10c0bd5dcc3c8ba");

    [TestCase("AES_128_GCM_SHA256")]
    [TestCase("AES_128_CCM_SHA256")]
    [TestCase("AES_128_CCM_8_SHA256")]
    [TestCase("CHACHA20_POLY1305_SHA256")]
    [TestCase("SHA256_SHA256")]
    public void What_does_not_open_spoils_nothing_behind_it(string suite)
    {
        var row = CipherSuites.Find(suite)!;
        var aead = AeadPrimitive.TryCreate(row, new byte[Math.Max(row.KeyLength, 16)])!;
        byte[] nonce = [.. Enumerable.Range(0, 12).Select(octet => (byte)octet)], content = [1, 2, 3];
        var encrypted = aead.Seal(nonce, [4], content);

        for (var round = 0; round < 3; round++)
        {
            Assert.That(aead.Open(nonce, [5], encrypted), Is.Null);
            Assert.That(aead.Open(nonce, [4], encrypted), Is.EqualTo(content));
        }
    }

    private static void Check(
        string suite, string key, string nonce, string additionalData, string content, string expected)
    {
        var aead = AeadPrimitive.TryCreate(CipherSuites.Find(suite)!, Hex.Of(key))!;

        var encrypted = aead.Seal(Hex.Of(nonce), Hex.Of(additionalData), Hex.Of(content));
        Assert.That(Convert.ToHexStringLower(encrypted), Is.EqualTo(expected));
        Assert.That(aead.Open(Hex.Of(nonce), Hex.Of(additionalData), encrypted), Is.EqualTo(Hex.Of(content)));
        Assert.That(aead.Open(Hex.Of(nonce), [], encrypted), Is.Null);
    }
}
