using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

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
            new CertificateID(CertificateID.HashSha1, authority, subject.SerialNumber), CertificateStatus.Good,
            now.AddHours(-1).UtcDateTime, now.AddDays(1).UtcDateTime, singleExtensions: null);
        var signer = new Asn1SignatureFactory(
            "SHA256WITHRSA", PrivateKeyFactory.CreateKey(issuer.Key.ExportPkcs8PrivateKey()));
        return new OCSPRespGenerator()
            .Generate(OCSPRespGenerator.Successful, response.Generate(signer, [], now.AddHours(-1).UtcDateTime))
            .GetEncoded();
    }
}
