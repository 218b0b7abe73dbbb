using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Certificates.MadeCertificate;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Certificates;

internal static class CertificateCases
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string Rsa = "tls1.2-RSA_WITH_AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("certificate-expired", "a leaf of 2025", () =>
            ChainEvidence.Server(Leaf with { FirstYear = 2025, LastYear = 2025 }, Intermediate)),
        Loud("certificate-expired", "an intermediate of 2025", () =>
            ChainEvidence.Server(Leaf, Intermediate with { FirstYear = 2025, LastYear = 2025 })),
        Quiet("certificate-expired", "valid then, whatever day it is today", ChainEvidence.Healthy),
        Quiet("certificate-expired", "a capture without times", () => SessionEvidence.Of(ChainEvidence.Tls12)),
        Loud("certificate-not-yet-valid", "a leaf of 2027", () =>
            ChainEvidence.Server(Leaf with { FirstYear = 2027, LastYear = 2027 }, Intermediate)),
        Quiet("certificate-not-yet-valid", "valid then", ChainEvidence.Healthy),
        Loud("certificate-name", "another name", () => ChainEvidence.Server(Leaf with { Names = ["other.test"] })),
        Loud("certificate-name", "the name in the subject only", () => ChainEvidence.Server(Leaf with { Names = [] })),
        Loud("certificate-name", "a wildcard for two labels", () => Asked("a.b.tlsinterop.test", "*.tlsinterop.test")),
        Loud("certificate-name", "a wildcard for no label", () => Asked("tlsinterop.test", "*.tlsinterop.test")),
        Loud("certificate-name", "a wildcard within a label", () =>
            Asked("mail.tlsinterop.test", "m*.tlsinterop.test")),
        Loud("certificate-name", "an address as a dNSName", () => Asked("192.0.2.1", "192.0.2.2", "tlsinterop.test")),
        Quiet("certificate-name", "in other letters", () =>
            ChainEvidence.Server(Leaf with { Names = ["TLSinterop.TEST"] })),
        Quiet("certificate-name", "a wildcard for one label", () => Asked("mail.tlsinterop.test", "*.tlsinterop.test")),
        Quiet("certificate-name", "an iPAddress", () => Asked("192.0.2.1", "192.0.2.1")),
        Quiet("certificate-name", "a client, who was not asked for by name", () =>
            ChainEvidence.Client(Leaf with { Names = [] })),
        Loud("certificate-purpose", "a server with codeSigning", () =>
            ChainEvidence.Server(Leaf with { Purpose = CodeSigning })),
        Loud("certificate-purpose", "a client with serverAuth", () => ChainEvidence.Client(Leaf)),
        Quiet("certificate-purpose", "a server with serverAuth", ChainEvidence.Healthy),
        Quiet("certificate-purpose", "a client with clientAuth", () =>
            ChainEvidence.Client(Leaf with { Purpose = ClientAuth })),
        Quiet("certificate-purpose", "any purpose", () => ChainEvidence.Server(Leaf with { Purpose = "2.5.29.37.0" })),
        Quiet("certificate-purpose", "none named", () => ChainEvidence.Server(Leaf with { Purpose = null })),
        Loud("certificate-key-usage", "ECDHE with keyAgreement only", () =>
            ChainEvidence.Server(Leaf with { Usage = X509KeyUsageFlags.KeyAgreement })),
        Loud("certificate-key-usage", "RSA key exchange with digitalSignature only", () => ChainEvidence.Of(
            Rsa, "tlsinterop.test", (Leaf with { Usage = X509KeyUsageFlags.DigitalSignature }).Encode())),
        Quiet("certificate-key-usage", "both uses", ChainEvidence.Healthy),
        Quiet("certificate-key-usage", "none named", () => ChainEvidence.Server(Leaf with { Usage = null })),
        Loud("certificate-version", "version 1", () =>
            ChainEvidence.Of(ChainEvidence.Tls12, "tlsinterop.test", Version1())),
        Quiet("certificate-version", "version 3", ChainEvidence.Healthy),
        Loud("certificate-unreadable", "a hundred zeros", () =>
            ChainEvidence.Of(ChainEvidence.Tls12, "tlsinterop.test", new byte[100])),
        Loud("certificate-unreadable", "a hundred zeros where X.509 was chosen by name", () => Typed(0)),
        Quiet("certificate-unreadable", "a bare key", () => Typed(2)),
        Quiet("certificate-unreadable", "a chain", ChainEvidence.Healthy),
        Loud("certificate-missing", "an empty list of the server", () => ChainEvidence.Server()),
        Quiet("certificate-missing", "an empty list of the client", () => ChainEvidence.Client()),
    ];

    private static Evidence Typed(byte type) => SessionEvidence.With(
        ChainEvidence.Of(ChainEvidence.Tls12, "tlsinterop.test", new byte[100]),
        item => item.Message.Body is ServerHello hello ? hello.With(ExtensionType.ServerCertificateType, type) : null);

    private static Evidence Asked(string name, params string[] presented) =>
        ChainEvidence.Of(ChainEvidence.Tls12, name, (Leaf with { Names = presented }).Encode());

    private static byte[] Version1()
    {
        var whole = X509CertificateStructure.GetInstance(Leaf.Encode());
        var generator = new V1TbsCertificateGenerator();
        generator.SetSerialNumber(new DerInteger(BigInteger.One));
        generator.SetSignature(whole.SignatureAlgorithm);
        generator.SetIssuer(whole.Issuer);
        generator.SetSubject(whole.Subject);
        generator.SetStartDate(whole.StartDate);
        generator.SetEndDate(whole.EndDate);
        generator.SetSubjectPublicKeyInfo(whole.SubjectPublicKeyInfo);
        return new DerSequence(generator.GenerateTbsCertificate(), whole.SignatureAlgorithm, whole.Signature)
            .GetDerEncoded();
    }
}
