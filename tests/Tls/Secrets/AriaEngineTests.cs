using Org.BouncyCastle.Crypto.Parameters;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class AriaEngineTests
{
    private const string Plaintext = "00112233445566778899aabbccddeeff";

    // RFC 5794, Appendix A
    [TestCase("000102030405060708090a0b0c0d0e0f", "d718fbd6ab644c739da95f3be6451778")]
    [TestCase("000102030405060708090a0b0c0d0e0f1011121314151617", "26449c1805dbe7aa25a468ce263a9e79")]
    [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "f92bd7c79fb72e2f2b8f80c1972d24fc")]
    public void The_vectors_of_RFC_5794_come_out_and_back(string key, string ciphertext)
    {
        Assert.That(Run(true, key, Hex.Of(Plaintext)), Is.EqualTo(Hex.Of(ciphertext)));
        Assert.That(Run(false, key, Hex.Of(ciphertext)), Is.EqualTo(Hex.Of(Plaintext)));
    }

    // openssl enc -aria-256-ecb -nopad over its own output, ten thousand times: each entry of each table takes part.
    [TestCase("000102030405060708090a0b0c0d0e0f", "66d9e376727ef198f3907108c2ee9980")]
    [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "d7bdcf2c525d21183b8ac534e4bdf32c")]
    public void Ten_thousand_times_over_it_agrees_with_OpenSSL(string key, string expected)
    {
        var engine = new AriaEngine();
        engine.Init(forEncryption: true, new KeyParameter(Hex.Of(key)));
        var block = Hex.Of(Plaintext);
        for (var i = 0; i < 10_000; i++) engine.ProcessBlock(block, 0, block, 0);

        Assert.That(Convert.ToHexStringLower(block), Is.EqualTo(expected));
    }

    [Test]
    public void A_key_of_another_length_is_the_callers_mistake() =>
        Assert.That(
            () => new AriaEngine().Init(true, new KeyParameter(new byte[17])),
            Throws.ArgumentException.With.Message.Contains("17"));

    private static byte[] Run(bool forEncryption, string key, byte[] block)
    {
        var engine = new AriaEngine();
        engine.Init(forEncryption, new KeyParameter(Hex.Of(key)));
        var output = new byte[block.Length];
        engine.ProcessBlock(block, 0, output, 0);
        return output;
    }
}
