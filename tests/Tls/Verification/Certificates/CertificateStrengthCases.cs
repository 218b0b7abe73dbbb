using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Certificates.MadeCertificate;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Certificates;

internal static class CertificateStrengthCases
{
    public static readonly RuleCase[] Rows =
    [
        Loud("certificate-key-short", "RSA with 1024 bits", () => WithKey(Rsa(1024))),
        Loud("certificate-key-short", "a curve of 192 bits", () => WithKey(Curve("secp192r1"))),
        Quiet("certificate-key-short", "RSA with 2048 bits", () => WithKey(Rsa(2048))),
        Quiet("certificate-key-short", "a curve of 224 bits", () => WithKey(Curve("secp224r1"))),
        Loud("certificate-key-broken", "RSA with 512 bits", () => WithKey(Rsa(512))),
        Quiet("certificate-key-broken", "RSA with 1024 bits", () => WithKey(Rsa(1024))),
        Loud("certificate-signature-md5", "a leaf", () => Signed(PkcsObjectIdentifiers.MD5WithRsaEncryption)),
        Quiet("certificate-signature-md5", "SHA-1", () => Signed(PkcsObjectIdentifiers.Sha1WithRsaEncryption)),
        Loud("certificate-signature-sha1", "a leaf", () => Signed(PkcsObjectIdentifiers.Sha1WithRsaEncryption)),
        Quiet("certificate-signature-sha1", "SHA-256", ChainEvidence.Healthy),
        Quiet("certificate-signature-sha1", "a root", () => ChainEvidence.Server(Leaf, Intermediate, Root with
        {
            Algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha1).GetDerEncoded(),
        })),
        Loud("certificate-scheme-not-offered", "not in signature_algorithms", () =>
            Offering(ExtensionType.SignatureAlgorithms, 8, 4)),
        Loud("certificate-scheme-not-offered", "not in signature_algorithms_cert", () =>
            Offering(ExtensionType.SignatureAlgorithmsCert, 8, 4)),
        Quiet("certificate-scheme-not-offered", "in signature_algorithms_cert", () =>
            Offering(ExtensionType.SignatureAlgorithmsCert, 4, 3)),
        Quiet("certificate-scheme-not-offered", "leaf and intermediate", ChainEvidence.Healthy),
    ];

    private static Evidence WithKey(byte[] keyInfo) => ChainEvidence.Server(Leaf with { KeyInfo = keyInfo });

    private static Evidence Signed(DerObjectIdentifier algorithm) => ChainEvidence.Server(
        Leaf with { Algorithm = new AlgorithmIdentifier(algorithm, DerNull.Instance).GetDerEncoded() });

    // No product of two primes, but as long as one.
    private static byte[] Rsa(int bits) => new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance),
        new RsaPublicKeyStructure(BigInteger.One.ShiftLeft(bits - 1).SetBit(0), BigInteger.ValueOf(65537)))
            .GetDerEncoded();

    private static byte[] Curve(string name) => new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, SecNamedCurves.GetOid(name)),
        SecNamedCurves.GetByName(name).G.GetEncoded(compressed: false)).GetDerEncoded();

    private static Evidence Offering(ExtensionType type, byte high, byte low)
    {
        var healthy = ChainEvidence.Healthy();
        return SessionEvidence.With(healthy, item => item.Message.Body is ClientHello hello
            ? hello with
            {
                ExtensionList = SessionEvidence.With(
                    hello.ExtensionList, type, ExtensionPlace.ClientHello, [0, 2, high, low], replaces: true),
            }
            : null);
    }
}
