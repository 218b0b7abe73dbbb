using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class RsaPrivateKeysTests
{
    private static readonly RsaPrivateCrtKeyParameters Made = Make();

    /// <summary>An RSA key in PKCS #8 that fits no session of the tests.</summary>
    public static string OtherKey { get; } = Pem("PRIVATE KEY", Pkcs8(Made));

    private static string Pkcs1Key => Pem("RSA PRIVATE KEY", Numbers(Made, Made.P).GetDerEncoded());

    [Test]
    public void One_key_in_both_forms_is_one_key_and_two_keys_are_two()
    {
        Assert.That(RsaPrivateKeys.Parse(OtherKey).Count, Is.EqualTo(1));
        Assert.That(RsaPrivateKeys.Parse(Pkcs1Key + OtherKey).Count, Is.EqualTo(1));

        var keys = RsaPrivateKeys.Parse(
            $"# server keys\r\n{RecordedSession.ServerKey}\n{Pkcs1Key.Replace("\n", "\r\n")}");
        Assert.That((keys.Count, keys.Faults.Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public void What_was_encrypted_for_a_key_comes_out_and_what_was_not_does_not()
    {
        var key = RsaPrivateKeys.Parse(OtherKey).Find(Made.Modulus)!;
        var encryption = new Org.BouncyCastle.Crypto.Encodings.Pkcs1Encoding(
            new Org.BouncyCastle.Crypto.Engines.RsaEngine());
        encryption.Init(forEncryption: true, new RsaKeyParameters(false, Made.Modulus, Made.PublicExponent));
        var encrypted = encryption.ProcessBlock([1, 2, 3], 0, 3);

        Assert.That(key.Decrypt(encrypted), Is.EqualTo((byte[])[1, 2, 3]));
        for (var length = 0; length < encrypted.Length; length++)
            Assert.That(key.Decrypt(encrypted.AsSpan(0, length)), Is.Not.EqualTo((byte[])[1, 2, 3]),
                $"{length} octets");
        Assert.That(key.Decrypt(Made.Modulus.ToByteArrayUnsigned()), Is.Null);
        Assert.That(key.Decrypt(Made.Modulus.Subtract(BigInteger.One).ToByteArrayUnsigned()), Is.Null);
        Assert.That(key.Decrypt([0]), Is.Null);
        Assert.That(key.Decrypt([1]), Is.Null);
        Assert.That(key.Decrypt(new byte[encrypted.Length + 1]), Is.Null);
    }

    [Test]
    public void Certificates_and_parameters_beside_a_key_are_passed_over()
    {
        var keys = RsaPrivateKeys.Parse(Pem("CERTIFICATE", [1]) + Pem("DH PARAMETERS", [1]) + OtherKey);

        Assert.That((keys.Count, keys.Faults.Count), Is.EqualTo((1, 0)));
    }

    private static IEnumerable<TestCaseData> Unusable()
    {
        yield return new TestCaseData("", "no PEM");
        yield return new TestCaseData("just text", "no PEM");
        yield return new TestCaseData("-----BEGIN ", "no PEM");
        yield return new TestCaseData("-----BEGIN RSA PRIVATE KEY-----", "broken: expected Base64");
        yield return new TestCaseData("-----BEGIN RSA PRIVATE KEY-----\n*\n-----END RSA PRIVATE KEY-----\n",
            "broken: expected Base64");
        yield return new TestCaseData(Pem("RSA PRIVATE KEY", [0x30, 0x82, 0xff, 0xff, 1]), "broken");
        yield return new TestCaseData(Pem("RSA PRIVATE KEY", [0x05, 0x00]), "broken");
        yield return new TestCaseData(Pem("PRIVATE KEY", [0x30, 0x03, 0x02, 0x01, 0x00]), "broken");
        yield return new TestCaseData(
            Pem("RSA PRIVATE KEY", Numbers(Made, Made.P.Add(BigInteger.Two)).GetDerEncoded()),
            "primes do not make its modulus");
        yield return new TestCaseData(
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA "
                + "PRIVATE KEY-----\n",
            "encrypted");
        yield return new TestCaseData(Pem("ENCRYPTED PRIVATE KEY", [1]), "encrypted");
        yield return new TestCaseData(Pem("PUBLIC KEY", [1]), "public key");
        yield return new TestCaseData(Pem("EC PRIVATE KEY", [1]), "another kind (EC PRIVATE KEY)");
        yield return new TestCaseData(
            Pem("PRIVATE KEY", Pkcs8(new Ed25519PrivateKeyParameters(new byte[32], 0))), "another kind (1.3.101.112)");
    }

    [TestCaseSource(nameof(Unusable))]
    public void What_is_no_RSA_private_key_is_a_fault_with_its_line_and_the_others_are_used(string pem, string reason)
    {
        var alone = RsaPrivateKeys.Parse(pem);
        Assert.That((alone.Count, alone.Faults.Count), Is.EqualTo((0, 1)));
        Assert.That(alone.Faults[0].Reason, Does.Contain(reason));

        if (!pem.Contains("-----END")) return;
        var keys = RsaPrivateKeys.Parse($"# a\n# b\n{pem}{OtherKey}");
        Assert.That((keys.Count, keys.Faults.Single().Line), Is.EqualTo((1, 3)));
    }

    [Test]
    public void Every_prefix_and_every_changed_octet_of_a_key_is_an_outcome_and_no_exception()
    {
        var der = Pkcs8(Made);
        for (var at = 0; at < der.Length; at++)
        {
            byte[] changed = [.. der];
            changed[at] ^= 0x55;
            Assert.That(() => RsaPrivateKeys.Parse(Pem("PRIVATE KEY", changed)), Throws.Nothing, $"octet {at}");
            Assert.That(RsaPrivateKeys.Parse(Pem("PRIVATE KEY", der[..at])).Faults, Has.Count.EqualTo(1),
                $"prefix of {at}");
        }
    }

    private static RsaPrivateCrtKeyParameters Make()
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), new SecureRandom(), 512, 20));
        return (RsaPrivateCrtKeyParameters)generator.GenerateKeyPair().Private;
    }

    private static byte[] Pkcs8(AsymmetricKeyParameter key) =>
        PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded();

    private static RsaPrivateKeyStructure Numbers(RsaPrivateCrtKeyParameters key, BigInteger prime) =>
        new(key.Modulus, key.PublicExponent, key.Exponent, prime, key.Q, key.DP, key.DQ, key.QInv);

    private static string Pem(string label, byte[] der) =>
        $"-----BEGIN {label}-----\n{Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks)}\n-----END "
            + $"{label}-----\n";

    [Test]
    public void An_end_that_shares_its_dashes_with_the_beginning_is_a_broken_part()
    {
        var keys = RsaPrivateKeys.Parse("-----BEGIN RSA PRIVATE KEY-----END RSA PRIVATE KEY-----");

        Assert.That((keys.Count, keys.Faults.Count), Is.EqualTo((0, 1)));
    }
}
