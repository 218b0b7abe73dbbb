using System.Net;
using TlsInterop.Tls.Wire;
using TlsInterop.Tls.Wire.Der;

namespace TlsInterop.Tls.Messages;

/// <summary>What a certificate says of itself, as far as a reader of a handshake wants to know.</summary>
/// <remarks>
/// RFC 5280, Section 4.1. Reading one only finds its parts, since the same few certificates come in every handshake;
/// each property is worked out when it is first asked for.
/// </remarks>
public sealed class CertificateSummary
{
    private readonly ReadOnlyMemory<byte> _extensions;

    private CertificateSummary(ReadOnlyMemory<byte> extensions) => _extensions = extensions;

    /// <summary>1 to 3; extensions need 3.</summary>
    public int Version { get; private init; }

    /// <summary>The serial number in hexadecimal, two digits an octet, as it stands in the certificate.</summary>
    public string SerialNumber => field ??= Convert.ToHexStringLower(SerialNumberBytes.Span);

    /// <summary>The serial number: a signed number, most significant octet first.</summary>
    public ReadOnlyMemory<byte> SerialNumberBytes { get; private init; }

    /// <summary>The subject as text (RFC 4514); empty if only the subject's alternative names count.</summary>
    public string Subject => field ??= DistinguishedName.Text(SubjectName);

    /// <summary>The issuer as text (RFC 4514).</summary>
    public string Issuer => field ??= DistinguishedName.Text(IssuerName);

    /// <summary>The subject's Name in DER.</summary>
    public ReadOnlyMemory<byte> SubjectName { get; private init; }

    /// <summary>The issuer's Name in DER: the same octets as the subject of the certificate above.</summary>
    public ReadOnlyMemory<byte> IssuerName { get; private init; }

    /// <summary>True if subject and issuer are the same name, as in a root.</summary>
    public bool IsSelfIssued => SubjectName.Span.SequenceEqual(IssuerName.Span);

    /// <summary>The subject's common name, or null.</summary>
    public string? CommonName => DistinguishedName.CommonNameOf(SubjectName);

    /// <summary>The issuer's common name, or null.</summary>
    public string? IssuerCommonName => DistinguishedName.CommonNameOf(IssuerName);

    /// <summary>First moment of validity, in UTC.</summary>
    public DateTimeOffset NotBefore { get; private init; }

    /// <summary>Last moment of validity, in UTC.</summary>
    public DateTimeOffset NotAfter { get; private init; }

    /// <summary>Kind and size of the key: <c>rsa2048</c>, <c>ecdsa-p256</c>, <c>ed25519</c>; else an OID.</summary>
    public string Key => field ??= PublicKey.ToString();

    /// <summary>The key's kind, curve and size.</summary>
    public CertificateKey PublicKey => CertificateKey.Read(SubjectPublicKeyInfo);

    /// <summary>The key in DER.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; private init; }

    /// <summary>How the issuer signed it: <c>sha256WithRSA</c>; else the algorithm's OID.</summary>
    public string SignatureAlgorithm => field ??= AlgorithmName(SignatureAlgorithmIdentifier);

    /// <summary>The AlgorithmIdentifier of the signature in DER, with its parameters.</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithmIdentifier { get; private init; }

    /// <summary>What the issuer signed.</summary>
    public ReadOnlyMemory<byte> TbsCertificate { get; private init; }

    /// <summary>The issuer's signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; private init; }

    /// <summary>All extensions in order.</summary>
    public IReadOnlyList<CertificateExtension> Extensions => field ??= CertificateExtensions.Read(_extensions);

    /// <summary>DNS names of the subject; a first label of <c>*</c> is a wildcard.</summary>
    public IReadOnlyList<string> DnsNames => AlternativeNames.DnsNames;

    /// <summary>IP addresses of the subject.</summary>
    public IReadOnlyList<IPAddress> IpAddresses => AlternativeNames.IpAddresses;

    /// <summary>Mail addresses of the subject.</summary>
    public IReadOnlyList<string> MailAddresses => AlternativeNames.MailAddresses;

    /// <summary>What the key may be used for; null if the certificate does not say.</summary>
    public CertificateKeyUsage? KeyUsage => CertificateExtensions.KeyUsage(Find(CertificateOids.KeyUsage));

    /// <summary>
    /// The purposes of the key, <c>serverAuth</c> or an OID; null if the certificate does not say.
    /// </summary>
    public IReadOnlyList<string>? ExtendedKeyUsage =>
        CertificateExtensions.Purposes(Find(CertificateOids.ExtendedKeyUsage));

    /// <summary>True if the certificate may issue others; null without basic constraints.</summary>
    public bool? IsCa => CertificateExtensions.BasicConstraints(Find(CertificateOids.BasicConstraints))?.IsCa;

    /// <summary>How many further authorities may stand below it; null for any number.</summary>
    public int? PathLength =>
        CertificateExtensions.BasicConstraints(Find(CertificateOids.BasicConstraints))?.PathLength;

    /// <summary>A name of the certificate's key; null if there is none.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier =>
        CertificateExtensions.SubjectKeyIdentifier(Find(CertificateOids.SubjectKeyIdentifier));

    /// <summary>The name of the issuer's key; null if there is none.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier =>
        CertificateExtensions.AuthorityKeyIdentifier(Find(CertificateOids.AuthorityKeyIdentifier));

    /// <summary>
    /// TLS extensions without which the certificate must not be accepted: status_request is "must staple".
    /// </summary>
    /// <remarks>RFC 7633, Section 4.</remarks>
    public IReadOnlyList<ExtensionType> TlsFeatures =>
        CertificateExtensions.TlsFeatures(Find(CertificateOids.TlsFeature));

    /// <summary>A SignedCertificateTimestampList inside the certificate; null if there is none.</summary>
    /// <remarks>RFC 6962, Section 3.3.</remarks>
    public ReadOnlyMemory<byte>? SignedCertificateTimestampList =>
        CertificateExtensions.OctetString(Find(CertificateOids.SignedCertificateTimestamps));

    private AlternativeNames AlternativeNames =>
        field ??= AlternativeNames.Read(Find(CertificateOids.SubjectAltName)?.Value ?? default);

    /// <summary>Reads a certificate in DER; null if it is none.</summary>
    public static CertificateSummary? TryRead(ReadOnlyMemory<byte> der)
    {
        // Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm, signatureValue BIT STRING }
        // TBSCertificate ::= SEQUENCE { version [0] EXPLICIT INTEGER DEFAULT v1, serialNumber INTEGER,
        //     signature AlgorithmIdentifier, issuer Name, validity SEQUENCE { notBefore Time, notAfter Time },
        //     subject Name, subjectPublicKeyInfo, issuerUniqueID [1], subjectUniqueID [2], extensions [3] EXPLICIT }
        var certificate = new DerReader(der).Enter(DerTag.Sequence);
        var encodedTbs = certificate.TakeEncoded();
        var algorithm = certificate.TakeEncoded();
        var signature = certificate.Take(DerTag.BitString);

        var tbs = new DerReader(encodedTbs).Enter(DerTag.Sequence);
        tbs.TryTake(DerTag.ContextConstructed(0), out var explicitVersion);
        var serialNumber = tbs.Take(DerTag.Integer);
        tbs.Take(DerTag.Sequence);
        var issuer = tbs.TakeEncoded();
        var validity = tbs.Enter(DerTag.Sequence);
        var notBefore = DerTime.Read(ref validity);
        var notAfter = DerTime.Read(ref validity);
        var subject = tbs.TakeEncoded();
        var publicKeyInfo = tbs.TakeEncoded();
        tbs.TryTake(DerTag.Context(1), out _);
        tbs.TryTake(DerTag.Context(2), out _);
        tbs.TryTake(DerTag.ContextConstructed(3), out var extensions);
        if (certificate.Failed || tbs.Failed || notBefore is null || notAfter is null) return null;

        return new(extensions)
        {
            Version = explicitVersion.Span is [DerTag.Integer, 1, var version] ? version + 1 : 1,
            SerialNumberBytes = serialNumber,
            SubjectName = subject,
            IssuerName = issuer,
            NotBefore = notBefore.Value,
            NotAfter = notAfter.Value,
            SubjectPublicKeyInfo = publicKeyInfo,
            SignatureAlgorithmIdentifier = algorithm,
            TbsCertificate = encodedTbs,
            Signature = signature.IsEmpty ? signature : signature[1..],
        };
    }

    /// <summary>The first extension with an identifier, or null.</summary>
    /// <param name="oid">The identifier in dotted form.</param>
    public CertificateExtension? Find(string oid)
    {
        foreach (var extension in Extensions)
            if (extension.Oid == oid) return extension;
        return null;
    }

    private static string AlgorithmName(ReadOnlyMemory<byte> identifier)
    {
        var algorithm = new DerReader(identifier).Enter(DerTag.Sequence);
        var oid = DerText.ReadObjectIdentifier(ref algorithm);
        return CertificateOids.Signatures.GetValueOrDefault(oid, oid);
    }

    public override string ToString() => $"{Key} {CommonName ?? "(no common name)"}";
}
