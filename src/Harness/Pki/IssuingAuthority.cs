using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsInterop.Harness.Pki;

/// <summary>An authority with its key, which never leaves this process.</summary>
internal sealed class IssuingAuthority : IDisposable
{
    private IssuingAuthority(X509Certificate2 certificate, RSA key)
    {
        Certificate = certificate;
        Key = key;
    }

    public X509Certificate2 Certificate { get; }

    public RSA Key { get; }

    /// <summary>Makes one.</summary>
    /// <param name="authority">What it is.</param>
    /// <param name="issuer">Who certifies it; null if it does so itself.</param>
    /// <param name="now">The beginning of the run: it is good for some days from then.</param>
    public static IssuingAuthority Make(TestAuthority authority, IssuingAuthority? issuer, DateTimeOffset now)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest(
            $"CN={authority.CommonName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (authority.Permitted is { } name) request.CertificateExtensions.Add(NameConstraints(name));
        if (issuer is null) return new(request.CreateSelfSigned(now.AddDays(-400), now.AddDays(6)), key);
        return new(
            request.Create(
                issuer.Certificate.SubjectName, RsaSignatures.With(issuer.Key, HashAlgorithmName.SHA256),
                now.AddDays(-399), now.AddDays(5), Serial()),
            key);
    }

    /// <summary>A serial number: positive and of fixed length, so that sizes depend on signatures alone.</summary>
    public static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Key.Dispose();
    }

    // RFC 5280, Section 4.2.1.10
    // NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] OPTIONAL }
    // GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, ... }, a dNSName being [2] IA5String
    private static X509Extension NameConstraints(string permitted)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
            writer.WriteCharacterString(
                UniversalTagNumber.IA5String, permitted, new Asn1Tag(TagClass.ContextSpecific, 2));
        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);
    }
}
