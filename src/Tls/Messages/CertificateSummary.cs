using System.Formats.Asn1;

namespace TlsInterop.Tls.Messages;

/// <summary>What a certificate says of itself, as far as a reader of a handshake wants to know.</summary>
/// <param name="CommonName">The subject's common name, or null.</param>
/// <param name="IssuerCommonName">The issuer's common name, or null.</param>
/// <param name="Key">
/// Kind and size of the key: <c>rsa2048</c>, <c>ecdsa-p256</c>, <c>ed25519</c>; else the algorithm's OID.
/// </param>
/// <param name="SignatureAlgorithm">How the issuer signed it, or the algorithm's OID.</param>
/// <param name="NotBefore">First moment of validity.</param>
/// <param name="NotAfter">Last moment of validity.</param>
/// <param name="SubjectPublicKeyInfo">The key in DER.</param>
/// <remarks>RFC 5280, Section 4.1.</remarks>
public sealed record CertificateSummary(
    string? CommonName,
    string? IssuerCommonName,
    string Key,
    string SignatureAlgorithm,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    ReadOnlyMemory<byte> SubjectPublicKeyInfo)
{
    private const string CommonNameOid = "2.5.4.3";

    /// <summary>
    /// No key and signature fit into less. To learn it from an exception costs a thousand times as much as the peer
    /// spends on sending it.
    /// </summary>
    private const int ShortestCertificate = 64;

    private static readonly Dictionary<string, string> SignatureNames = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.4"] = "md5WithRSA",
        ["1.2.840.113549.1.1.5"] = "sha1WithRSA",
        ["1.2.840.113549.1.1.10"] = "rsassaPss",
        ["1.2.840.113549.1.1.11"] = "sha256WithRSA",
        ["1.2.840.113549.1.1.12"] = "sha384WithRSA",
        ["1.2.840.113549.1.1.13"] = "sha512WithRSA",
        ["1.2.840.10040.4.3"] = "sha1WithDSA",
        ["2.16.840.1.101.3.4.3.2"] = "sha256WithDSA",
        ["1.2.840.10045.4.1"] = "ecdsaWithSha1",
        ["1.2.840.10045.4.3.2"] = "ecdsaWithSha256",
        ["1.2.840.10045.4.3.3"] = "ecdsaWithSha384",
        ["1.2.840.10045.4.3.4"] = "ecdsaWithSha512",
        ["1.3.101.112"] = "ed25519",
        ["1.3.101.113"] = "ed448",
    };

    private static readonly Dictionary<string, string> CurveNames = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.3.1.1"] = "ecdsa-p192",
        ["1.3.132.0.33"] = "ecdsa-p224",
        ["1.2.840.10045.3.1.7"] = "ecdsa-p256",
        ["1.3.132.0.34"] = "ecdsa-p384",
        ["1.3.132.0.35"] = "ecdsa-p521",
        ["1.3.132.0.10"] = "ecdsa-secp256k1",
        ["1.3.36.3.3.2.8.1.1.7"] = "ecdsa-brainpoolP256r1",
        ["1.3.36.3.3.2.8.1.1.11"] = "ecdsa-brainpoolP384r1",
        ["1.3.36.3.3.2.8.1.1.13"] = "ecdsa-brainpoolP512r1",
    };

    /// <summary>Reads a certificate in DER; null if it is none.</summary>
    public static CertificateSummary? TryRead(ReadOnlyMemory<byte> der)
    {
        if (der.Length < ShortestCertificate) return null;

        try
        {
            return Read(der);
        }
        catch (AsnContentException) // the only way in which AsnReader reports foreign bytes
        {
            return null;
        }
    }

    private static CertificateSummary Read(ReadOnlyMemory<byte> der)
    {
        // Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm, signatureValue }
        // TBSCertificate ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier,
        //     issuer Name, validity SEQUENCE { notBefore Time, notAfter Time }, subject Name, subjectPublicKeyInfo, ... }
        var tbs = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (tbs.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0))) tbs.ReadEncodedValue();
        tbs.ReadEncodedValue();
        var signatureOid = tbs.ReadSequence().ReadObjectIdentifier();
        var issuer = ReadCommonName(tbs.ReadSequence());
        var validity = tbs.ReadSequence();
        var notBefore = ReadTime(validity);
        var notAfter = ReadTime(validity);
        var subject = ReadCommonName(tbs.ReadSequence());
        var publicKeyInfo = tbs.ReadEncodedValue();
        return new(subject, issuer, ReadKey(publicKeyInfo), SignatureNames.GetValueOrDefault(signatureOid, signatureOid),
            notBefore, notAfter, publicKeyInfo);
    }

    private static string? ReadCommonName(AsnReader name)
    {
        // Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }
        string? commonName = null;
        while (name.HasData)
        {
            var set = name.ReadSetOf();
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                if (attribute.ReadObjectIdentifier() != CommonNameOid) continue;
                var tag = attribute.PeekTag();
                if (tag.TagClass == TagClass.Universal && IsText((UniversalTagNumber)tag.TagValue))
                    commonName = attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue);
            }
        }
        return commonName;
    }

    private static bool IsText(UniversalTagNumber tag) => tag is UniversalTagNumber.UTF8String
        or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
        or UniversalTagNumber.BMPString;

    private static DateTimeOffset ReadTime(AsnReader validity) =>
        validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? validity.ReadUtcTime() : validity.ReadGeneralizedTime();

    private static string ReadKey(ReadOnlyMemory<byte> publicKeyInfo)
    {
        // SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE { algorithm OID, parameters ANY }, subjectPublicKey BIT STRING }
        var info = new AsnReader(publicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        switch (oid)
        {
            case "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10":
                var key = new AsnReader(info.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence();
                var bits = Wire.WellKnownPrimes.BitLength(key.ReadIntegerBytes().Span);
                return oid.EndsWith(".10", StringComparison.Ordinal) ? $"rsa-pss{bits}" : $"rsa{bits}";
            case "1.2.840.10045.2.1":
                if (!algorithm.HasData || !algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
                    return "ecdsa-explicit";
                var curve = algorithm.ReadObjectIdentifier();
                return CurveNames.GetValueOrDefault(curve, $"ecdsa-{curve}");
            case "1.2.840.10040.4.1":
                var prime = algorithm.HasData ? algorithm.ReadSequence().ReadIntegerBytes() : default;
                return $"dsa{Wire.WellKnownPrimes.BitLength(prime.Span)}";
            case "1.3.101.112": return "ed25519";
            case "1.3.101.113": return "ed448";
            default: return oid;
        }
    }

    public override string ToString() => $"{Key} {CommonName ?? "(no common name)"}";
}
