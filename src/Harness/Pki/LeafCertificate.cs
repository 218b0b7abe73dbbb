using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TlsInterop.Harness.Pki;

/// <summary>Makes the certificate of a profile.</summary>
internal static class LeafCertificate
{
    // Netscape's certificate extensions: a comment for people, which no client minds.
    private const string CommentId = "2.16.840.1.113730.1.13";

    /// <summary>The certificate.</summary>
    /// <param name="profile">What is in it.</param>
    /// <param name="key">Its key; of RSA if it is to sign itself.</param>
    /// <param name="issuer">Who issues it; null if it signs itself.</param>
    /// <param name="now">The beginning of the run.</param>
    public static X509Certificate2 Make(
        CertificateProfile profile, LeafKey key, IssuingAuthority? issuer, DateTimeOffset now)
    {
        var publicKey = PublicKey.CreateFromSubjectPublicKeyInfo(key.SubjectPublicKeyInfo, out _);
        var subject = new X500DistinguishedName($"CN={profile.CommonName}");
        var request = new CertificateRequest(subject, publicKey, profile.Hash);
        foreach (var extension in Extensions(profile, publicKey)) request.CertificateExtensions.Add(extension);
        if (issuer is not null)
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer.Certificate, true, false));
        using var own = RSA.Create();
        if (issuer is null) own.ImportPkcs8PrivateKey(key.Pkcs8, out _);
        return request.Create(
            issuer?.Certificate.SubjectName ?? subject, RsaSignatures.With(issuer?.Key ?? own, profile.Hash),
            now + profile.NotBefore, now + profile.NotAfter, IssuingAuthority.Serial());
    }

    private static IEnumerable<X509Extension> Extensions(CertificateProfile profile, PublicKey publicKey)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in profile.DnsNames) names.AddDnsName(name);
        foreach (var address in profile.Addresses) names.AddIpAddress(IPAddress.Parse(address));
        yield return names.Build();
        yield return new X509BasicConstraintsExtension(false, false, 0, critical: true);
        yield return new X509KeyUsageExtension(profile.KeyUsage ?? Usage(profile.Key), critical: true);
        yield return new X509EnhancedKeyUsageExtension([new Oid(profile.Purpose)], critical: false);
        yield return new X509SubjectKeyIdentifierExtension(
            publicKey, X509SubjectKeyIdentifierHashAlgorithm.Sha1, critical: false);
        if (profile.Comment > 0) yield return Comment(profile.Comment);
    }

    // RFC 5246, Section 7.4.2: an RSA key that encrypts the premaster secret needs keyEncipherment.
    private static X509KeyUsageFlags Usage(LeafKeyKind key) => key.Encrypts
        ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment
        : X509KeyUsageFlags.DigitalSignature;

    private static X509Extension Comment(int octets)
    {
        var text = new StringBuilder(octets);
        while (text.Length < octets) text.Append("This comment makes a large certificate. ");
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.IA5String, text.ToString());
        return new X509Extension(CommentId, writer.Encode(), critical: false);
    }
}
