using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification.Proofs;

/// <summary>Keys that are made to cost the verifier time.</summary>
public sealed class SignerKeyTests
{
    private static readonly SignatureScheme RsaPkcs1Sha256 = new(0x0401);
    private static readonly SignatureScheme EcdsaSha256 = new(0x0403);

    private static byte[] CertificateWith(SubjectPublicKeyInfo key)
    {
        var algorithm = new AlgorithmIdentifier(PkcsObjectIdentifiers.Sha256WithRsaEncryption, DerNull.Instance);
        var generator = new V3TbsCertificateGenerator();
        generator.SetSerialNumber(new DerInteger(BigInteger.One));
        generator.SetSignature(algorithm);
        generator.SetIssuer(new X509Name("CN=tlsinterop.test"));
        generator.SetSubject(new X509Name("CN=tlsinterop.test"));
        generator.SetStartDate(new Time(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        generator.SetEndDate(new Time(new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        generator.SetSubjectPublicKeyInfo(key);
        return new DerSequence(generator.GenerateTbsCertificate(), algorithm, new DerBitString(new byte[256]))
            .GetDerEncoded();
    }

    private static SignatureVerdict Check(SubjectPublicKeyInfo key, SignatureScheme scheme) =>
        HandshakeSignature.Check(ProtocolVersion.Tls12, CertificateWith(key), scheme, [1], new byte[64]);

    [Test]
    public void A_gigantic_RSA_key_is_not_computed_with()
    {
        var modulus = new byte[1 << 20];
        modulus.AsSpan().Fill(0xff);
        var key = new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance),
            new RsaPublicKeyStructure(new BigInteger(1, modulus), BigInteger.ValueOf(65537)));

        var verdict = Check(key, RsaPkcs1Sha256);

        Assert.That(verdict.Status, Is.EqualTo(SignatureStatus.Unsupported));
        Assert.That(verdict.Reason, Does.Contain("longer than any in use"));
    }

    [Test]
    public void An_RSA_exponent_as_long_as_the_modulus_is_not_computed_with()
    {
        // Two Mersenne primes: the key code refuses a modulus with small factors.
        var modulus = BigInteger.Two.Pow(1279).Subtract(BigInteger.One)
            .Multiply(BigInteger.Two.Pow(2203).Subtract(BigInteger.One));
        var exponent = modulus.ShiftRight(1).SetBit(0);
        var key = new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance),
            new RsaPublicKeyStructure(modulus, exponent));

        var verdict = Check(key, RsaPkcs1Sha256);

        Assert.That(verdict.Status, Is.EqualTo(SignatureStatus.Unsupported));
        Assert.That(verdict.Reason, Does.Contain("exponent"));
    }

    [Test]
    public void A_curve_of_the_peers_own_making_is_not_computed_with()
    {
        var curve = SecNamedCurves.GetByName("secp256r1");
        var explicitCurve = new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, curve);

        var verdict =
            Check(new SubjectPublicKeyInfo(explicitCurve, curve.G.GetEncoded(compressed: false)), EcdsaSha256);

        Assert.That(verdict.Status, Is.EqualTo(SignatureStatus.Unsupported));
        Assert.That(verdict.Reason, Does.Contain("not a named one"));
    }

    [Test]
    public void A_key_on_a_named_curve_is_computed_with()
    {
        var named = new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, SecObjectIdentifiers.SecP256r1);
        var point = SecNamedCurves.GetByName("secp256r1").G.GetEncoded(compressed: false);

        Assert.That(
            Check(new SubjectPublicKeyInfo(named, point), EcdsaSha256).Status, Is.EqualTo(SignatureStatus.Wrong));
    }
}
