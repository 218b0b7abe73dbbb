using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.X509;
using TlsInterop.Tls.Scripted;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>
/// A certificate and its key that are the same each time: with them what a seeded server sends is the same, too.
/// </summary>
/// <param name="Certificate">The certificate in DER.</param>
/// <param name="PrivateKey">Its key, PKCS #8.</param>
internal sealed record SeededCredentials(byte[] Certificate, byte[] PrivateKey)
{
    // As short as can be: nobody's secret, and a handshake with it takes a quarter of the time.
    private const int RsaBits = 1024;

    private static readonly DateTime From = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static SeededCredentials Rsa { get; } = Of(new RsaKeyPairGenerator(), new RsaKeyGenerationParameters(
        BigInteger.ValueOf(65537), SeededRandom.Of(1), RsaBits, certainty: 20), "SHA256WithRSA");

    public static SeededCredentials Ecdsa { get; } = Of(new ECKeyPairGenerator(), new ECKeyGenerationParameters(
        new ECDomainParameters(Curve), SeededRandom.Of(2)), "SHA256WithECDSA");

    private static X9ECParameters Curve => CustomNamedCurves.GetByName("secp256r1");

    private static SeededCredentials Of(
        IAsymmetricCipherKeyPairGenerator generator, KeyGenerationParameters parameters, string algorithm)
    {
        generator.Init(parameters);
        var pair = generator.GenerateKeyPair();
        var name = new X509Name("CN=tlsinterop.test");
        var certificate = new X509V3CertificateGenerator();
        certificate.SetSerialNumber(BigInteger.One);
        certificate.SetIssuerDN(name);
        certificate.SetSubjectDN(name);
        certificate.SetNotBefore(From);
        certificate.SetNotAfter(From.AddYears(1));
        certificate.SetPublicKey(pair.Public);
        return new(
            certificate.Generate(new Asn1SignatureFactory(algorithm, pair.Private, SeededRandom.Of(3))).GetEncoded(),
            PrivateKeyInfoFactory.CreatePrivateKeyInfo(pair.Private).GetDerEncoded());
    }
}
