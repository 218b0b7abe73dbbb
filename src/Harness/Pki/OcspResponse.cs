using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.Oiw;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using CertificateStatus = Org.BouncyCastle.Ocsp.CertificateStatus;

namespace TlsInterop.Harness.Pki;

/// <summary>What an authority says of a certificate that it has issued, for servers to staple.</summary>
/// <remarks>RFC 6960, Section 4.2.1; RFC 6066, Section 8.</remarks>
internal static class OcspResponse
{
    /// <summary>The DER of a response that calls a certificate good, from an hour ago until tomorrow.</summary>
    public static byte[] Good(X509Certificate2 certificate, IssuingAuthority issuer, DateTimeOffset now)
    {
        var authority = new X509CertificateParser().ReadCertificate(issuer.Certificate.RawData);
        var subject = new X509CertificateParser().ReadCertificate(certificate.RawData);
        var response = new BasicOcspRespGenerator(authority.GetPublicKey());
        response.AddResponse(
            new CertificateID(Id(issuer.Certificate, subject.SerialNumber)), CertificateStatus.Good,
            now.AddHours(-1).UtcDateTime, now.AddDays(1).UtcDateTime, singleExtensions: null);
        var signer = new Asn1SignatureFactory(
            "SHA256WITHRSA", PrivateKeyFactory.CreateKey(issuer.Key.ExportPkcs8PrivateKey()));
        return new OCSPRespGenerator()
            .Generate(OCSPRespGenerator.Successful, response.Generate(signer, [], now.AddHours(-1).UtcDateTime))
            .GetEncoded();
    }

    // RFC 6960, Section 4.1.1: hashes of the issuer's name and of its key without tag and length.
    private static CertID Id(X509Certificate2 issuer, BigInteger serialNumber) => new(
        new AlgorithmIdentifier(OiwObjectIdentifiers.IdSha1, DerNull.Instance),
        new DerOctetString(SHA1.HashData(issuer.SubjectName.RawData)),
        new DerOctetString(SHA1.HashData(issuer.PublicKey.EncodedKeyValue.RawData)),
        new DerInteger(serialNumber));
}
