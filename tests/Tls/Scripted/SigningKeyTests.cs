using System.Numerics;
using System.Security.Cryptography;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>What is signed here is verified by the platform's own primitives.</summary>
public sealed class SigningKeyTests
{
    private static readonly byte[] Content = "a handshake"u8.ToArray();

    [TestCase("rsa_pkcs1_sha1", "SHA1", false)]
    [TestCase("rsa_pkcs1_sha256", "SHA256", false)]
    [TestCase("rsa_pkcs1_sha512", "SHA512", false)]
    [TestCase("rsa_pss_rsae_sha256", "SHA256", true)]
    [TestCase("rsa_pss_rsae_sha384", "SHA384", true)]
    [TestCase("rsa_pss_rsae_sha512", "SHA512", true)]
    public void Signature_of_an_RSA_key_verifies(string scheme, string hash, bool isPss)
    {
        using var key = RSA.Create(2048);
        var signature = Sign(key.ExportPkcs8PrivateKey(), scheme);
        Assert.That(key.VerifyData(
            Content, signature, new HashAlgorithmName(hash),
            isPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1));
    }

    [TestCase("ecdsa_secp256r1_sha256", "nistP256", "SHA256")]
    [TestCase("ecdsa_secp384r1_sha384", "nistP384", "SHA384")]
    [TestCase("ecdsa_secp521r1_sha512", "nistP521", "SHA512")]
    [TestCase("ecdsa_sha1", "nistP256", "SHA1")]
    public void Signature_of_an_ECDSA_key_verifies(string scheme, string curve, string hash)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        var signature = Sign(key.ExportPkcs8PrivateKey(), scheme);
        Assert.That(key.VerifyData(
            Content, signature, new HashAlgorithmName(hash), DSASignatureFormat.Rfc3279DerSequence));
    }

    // RFC 8032, Section 7.1, TEST 1
    [Test]
    public void Signature_of_an_Ed25519_key_is_that_of_RFC_8032()
    {
        var secret = Hex.Of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        byte[] pkcs8 = [.. Hex.Of("302e020100300506032b657004220420"), .. secret];
        Assert.That(Key(pkcs8).Sign(Scheme("ed25519"), []), Is.EqualTo(Hex.Of(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            + "d25bf5f0595bbe24655141438e7a100b")));
    }

    // RFC 4346, Section 4.7: MD5 and SHA-1 behind one another, in a PKCS #1 block of type 1 without DigestInfo.
    [Test]
    public void Before_TLS_1_2_an_RSA_key_signs_MD5_and_SHA_1()
    {
        using var key = RSA.Create(2048);
        var signature = Key(key.ExportPkcs8PrivateKey()).Sign(scheme: null, Content);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var block = BigInteger.ModPow(Number(signature), Number(parameters.Exponent!), Number(parameters.Modulus!))
            .ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] hashes = [.. MD5.HashData(Content), .. SHA1.HashData(Content)];
        byte[] padding = [1, .. Enumerable.Repeat((byte)0xff, 256 - 3 - hashes.Length), 0];
        Assert.That(block, Is.EqualTo((byte[])[.. padding, .. hashes]));
    }

    [Test]
    public void Before_TLS_1_2_an_ECDSA_key_signs_SHA_1()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = Key(key.ExportPkcs8PrivateKey()).Sign(scheme: null, Content);
        Assert.That(key.VerifyData(
            Content, signature, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence));
    }

    [TestCase("rsa_pss_pss_sha256,ed25519,rsa_pss_rsae_sha256", "tls1.3", "rsa_pss_rsae_sha256")]
    [TestCase("rsa_pkcs1_sha256,rsa_pss_rsae_sha384", "tls1.3", "rsa_pss_rsae_sha384")]
    [TestCase("rsa_pkcs1_sha256,rsa_pss_rsae_sha384", "tls1.2", "rsa_pkcs1_sha256")]
    [TestCase("rsa_pkcs1_sha256_legacy,rsa_pkcs1_sha384", "tls1.2", "rsa_pkcs1_sha384")]
    [TestCase("ecdsa_secp256r1_sha256", "tls1.2", null)]
    public void First_scheme_that_fits_key_and_version_is_chosen(string offered, string version, string? chosen)
    {
        using var key = RSA.Create(2048);
        Assert.That(Chosen(key.ExportPkcs8PrivateKey(), version, offered), Is.EqualTo(chosen));
    }

    [TestCase("ecdsa_secp384r1_sha384,ecdsa_secp256r1_sha256", "tls1.3", "ecdsa_secp256r1_sha256")]
    [TestCase("ecdsa_secp384r1_sha384,ecdsa_secp256r1_sha256", "tls1.2", "ecdsa_secp384r1_sha384")]
    public void Curve_goes_with_the_hash_in_TLS_1_3_alone(string offered, string version, string chosen)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.That(Chosen(key.ExportPkcs8PrivateKey(), version, offered), Is.EqualTo(chosen));
    }

    [Test]
    public void Scheme_whose_hash_and_salt_are_too_long_for_the_key_is_passed_over()
    {
        using var key = RSA.Create(1024);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        Assert.That(Chosen(pkcs8, "tls1.3", "rsa_pss_rsae_sha512,rsa_pss_rsae_sha384"),
            Is.EqualTo("rsa_pss_rsae_sha384"));
        var signature = Sign(pkcs8, "rsa_pss_rsae_sha384");
        Assert.That(key.VerifyData(Content, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss));
    }

    [TestCase("")]
    [TestCase("3003020100")]
    [TestCase("302e020100300506032b656004220420")]
    public void Octets_that_are_no_key_are_refused(string octets) =>
        Assert.That(() => Key(Convert.FromHexString(octets)), Throws.ArgumentException);

    private static byte[] Sign(byte[] pkcs8, string scheme) => Key(pkcs8).Sign(Scheme(scheme), Content);

    private static string? Chosen(byte[] pkcs8, string versionId, string offered)
    {
        Assert.That(ProtocolVersion.TryParse(versionId, out var version));
        return Key(pkcs8).Choose(version, offered.Split(',').Select(Scheme))?.Info!.Name;
    }

    private static SigningKey Key(byte[] pkcs8) => SigningKey.Read(pkcs8, SeededRandom.Of(9));

    private static SignatureScheme Scheme(string name) => new(SignatureSchemes.Find(name)!.Code);

    private static BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);
}
