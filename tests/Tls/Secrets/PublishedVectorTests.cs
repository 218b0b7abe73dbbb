using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

/// <summary>What the primitives compute, of whichever package: vectors of those who specified them.</summary>
public sealed class PublishedVectorTests
{
    // FIPS 197, Appendix C; RFC 3713, Appendix A; RFC 5794, Appendix A; draft-ribose-cfrg-sm4, Appendix A.1;
    // RFC 4269, Appendix B; the IDEA of Lai's thesis; SP 800-67, Appendix B; FIPS 46 as worked by Grabbe;
    // RFC 2268, Section 5.
    [TestCase("AES_128", "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
        "69c4e0d86a7b0430d8cdb78070b4c55a")]
    [TestCase("AES_256", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "00112233445566778899aabbccddeeff", "8ea2b7ca516745bfeafc49904b496089")]
    [TestCase("CAMELLIA_128", "0123456789abcdeffedcba9876543210", "0123456789abcdeffedcba9876543210",
        "67673138549669730857065648eabe43")]
    [TestCase("CAMELLIA_256", "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff",
        "0123456789abcdeffedcba9876543210", "9acc237dff16d76c20ef7c919e3a7509")]
    [TestCase("ARIA_128", "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
        "d718fbd6ab644c739da95f3be6451778")]
    [TestCase("SM4", "0123456789abcdeffedcba9876543210", "0123456789abcdeffedcba9876543210",
        "681edf34d206965e86b3e94f536e4246")]
    [TestCase("SEED", "00000000000000000000000000000000", "000102030405060708090a0b0c0d0e0f",
        "5ebac6e0054e166819aff1cc6d346cdb")]
    [TestCase("IDEA", "00010002000300040005000600070008", "0000000100020003", "11fbed2b01986de5")]
    [TestCase("3DES_EDE", "0123456789abcdef23456789abcdef01456789abcdef0123", "5468652071756663", "a826fd8ce53b855f")]
    [TestCase("DES", "133457799bbcdff1", "0123456789abcdef", "85e813540f0ab405")]
    [TestCase("RC2_40", "88bca90e90875a7f0f79c384627bafb2", "0000000000000000", "2269552ab0f85ca6")]
    public void A_block_comes_out_and_back(string cipher, string key, string block, string expected)
    {
        var engine = CipherEngines.Find(cipher)!();
        var output = new byte[engine.GetBlockSize()];
        engine.Init(forEncryption: true, new KeyParameter(Hex.Of(key)));
        engine.ProcessBlock(Hex.Of(block), 0, output, 0);
        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(expected));

        engine.Init(forEncryption: false, new KeyParameter(Hex.Of(key)));
        engine.ProcessBlock(Hex.Of(expected), 0, output, 0);
        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(block));
    }

    // RFC 6229, Section 2
    [TestCase("0102030405", "b2396305f03dc027ccc3524a0a1118a8")]
    [TestCase("0102030405060708090a0b0c0d0e0f10", "9ac7cc9a609d1ef7b2932899cde41b97")]
    public void The_stream_of_RC4_begins_as_published(string key, string expected)
    {
        var engine = new RC4Engine();
        engine.Init(forEncryption: true, new KeyParameter(Hex.Of(key)));
        var output = new byte[16];
        engine.ProcessBytes(new byte[16], 0, 16, output, 0);
        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(expected));
    }

    // RFC 1321, Appendix A.5; FIPS 180-4's examples; draft-oscca-cfrg-sm3, Appendix A.1: of "abc".
    [TestCase("MD5", "900150983cd24fb0d6963f7d28e17f72")]
    [TestCase("SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [TestCase("SHA224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [TestCase("SHA256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("SHA384",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")]
    [TestCase("SHA512",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    [TestCase("SM3", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    public void A_digest_comes_out(string name, string expected) =>
        Assert.That(Convert.ToHexStringLower(Digests.Hash(name, "abc"u8)), Is.EqualTo(expected));

    // RFC 2202, Sections 2 and 3; RFC 4231, Section 4.3
    [TestCase("MD5", "750c783e6ab0b503eaa86e310a5db738")]
    [TestCase("SHA1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")]
    [TestCase("SHA256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [TestCase("SHA384",
        "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649")]
    public void An_HMAC_comes_out(string name, string expected)
    {
        var mac = Digests.Hmac(name, "Jefe"u8);
        var data = "what do ya want for nothing?"u8.ToArray();
        mac.BlockUpdate(data, 0, data.Length);
        var output = new byte[mac.GetMacSize()];
        mac.DoFinal(output, 0);
        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(expected));
    }

    // McGrew and Viega, "The Galois/Counter Mode of Operation", test case 4.
    [Test]
    public void A_message_in_GCM_comes_out_and_back()
    {
        var aead = AeadPrimitive.TryCreate(
            CipherSuites.Find("AES_128_GCM_SHA256")!, Hex.Of("feffe9928665731c6d6a8f9467308308"))!;
        var (nonce, data) = (Hex.Of("cafebabefacedbaddecaf888"), Hex.Of("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
        var content = Hex.Of(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        var encrypted = aead.Seal(nonce, data, content);
        Assert.That(Convert.ToHexStringLower(encrypted), Is.EqualTo(
            "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
            + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47"));
        Assert.That(aead.Open(nonce, data, encrypted), Is.EqualTo(content));
    }

    // RFC 7748, Section 6
    [Test]
    public void The_agreement_of_X25519_comes_out()
    {
        var secret = new byte[32];
        new X25519PrivateKeyParameters(Hex.Of("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"), 0)
            .GenerateSecret(
                new(Hex.Of("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"), 0), secret, 0);
        Assert.That(Convert.ToHexStringLower(secret), Is.EqualTo(
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
    }

    // RFC 7748, Section 6
    [Test]
    public void The_agreement_of_X448_comes_out()
    {
        var secret = new byte[56];
        var own = new X448PrivateKeyParameters(Hex.Of(
            "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf5"
            + "74a9419744897391006382a6f127ab1d9ac2d8c0a598726b"), 0);
        own.GenerateSecret(
            new(Hex.Of(
                "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
                + "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"), 0),
            secret, 0);
        Assert.That(Convert.ToHexStringLower(secret), Is.EqualTo(
            "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
            + "fd2464c335543936521c24403085d59a449a5037514a879d"));
    }

    // RFC 6979, Appendix A.2.5, with SHA-256 of "sample" and of "test"
    [TestCase("sample", true)]
    [TestCase("test", false)]
    public void A_signature_of_ECDSA_fits_its_message_alone(string message, bool fits)
    {
        var curve = SecNamedCurves.GetByOid(SecObjectIdentifiers.SecP256r1);
        var point = curve.Curve.CreatePoint(
            Number("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
            Number("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"));
        var key = new ECPublicKeyParameters("ECDSA", point, SecObjectIdentifiers.SecP256r1);
        var ecdsa = new SignerKey(key, IsPssOnly: false, Modulus: null).Ecdsa();
        ecdsa.Init(forSigning: false, key);
        Assert.That(
            ecdsa.VerifySignature(
                Digests.Hash("SHA256", System.Text.Encoding.ASCII.GetBytes(message)),
                Number("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"),
                Number("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")),
            Is.EqualTo(fits));
    }

    // RFC 8032, Section 7.1, test 2
    [TestCase(0x72, true)]
    [TestCase(0x73, false)]
    public void A_signature_of_Ed25519_fits_its_message_alone(int octet, bool fits)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: false, new Ed25519PublicKeyParameters(
            Hex.Of("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), 0));
        signer.Update((byte)octet);
        var isFitting = signer.VerifySignature(Hex.Of(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
        Assert.That(isFitting, Is.EqualTo(fits));
    }

    private static BigInteger Number(string hexadecimal) => new(1, Hex.Of(hexadecimal));
}
