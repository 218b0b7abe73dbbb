using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>The bits of keyUsage that rules ask for.</summary>
/// <remarks>RFC 5280, Section 4.2.1.3.</remarks>
[Flags]
internal enum KeyUsages : ushort
{
    None = 0,
    DigitalSignature = 0x8000,
    KeyEncipherment = 0x2000,
    KeyAgreement = 0x0800,
    KeyCertSign = 0x0400,
}

/// <summary>What a key is.</summary>
internal enum KeyKind : byte { Other, Rsa, RsaPss, Ec, Dsa, EdDsa }

/// <summary>A certificate as far as rules ask for it. Ranges count from its first octet.</summary>
/// <remarks>RFC 5280, Section 4.</remarks>
internal sealed record CertificateFacts
{
    private const int MostRemembered = 256;

    /// <summary>Octets: a longer certificate is no usual one, and is read anew each time.</summary>
    private const int LongestRemembered = 1 << 14;
    private const int ShortestCertificate = 64;

    private static readonly RecentById<Remembrance> Remembered = new(MostRemembered);

    /// <summary>SHA-256 of the certificate, in hexadecimal.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 3.</summary>
    public required int Version { get; init; }

    public required Range NotBeforeAt { get; init; }

    public required Range NotAfterAt { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The name of the issuer in DER.</summary>
    public required ReadOnlyMemory<byte> Issuer { get; init; }

    /// <summary>The name of the subject in DER.</summary>
    public required ReadOnlyMemory<byte> Subject { get; init; }

    /// <summary>What is signed.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>AlgorithmIdentifier of the signature, in DER.</summary>
    public required ReadOnlyMemory<byte> SignatureAlgorithm { get; init; }

    public required Range SignatureAlgorithmAt { get; init; }

    public required KeyKind Key { get; init; }

    /// <summary>Length of the key in bits; 0 if it is not known.</summary>
    public required int KeyBits { get; init; }

    public required Range KeyAt { get; init; }

    /// <summary>The extensions that rules ask for; all null in a certificate without them.</summary>
    public required CertificateExtensionFacts Extensions { get; init; }

    /// <summary>True if it names itself as its issuer.</summary>
    public bool IsSelfIssued => Issuer.Span.SequenceEqual(Subject.Span);

    /// <summary>The schemes of TLS that its signature is; none if TLS has no code for it.</summary>
    public IReadOnlyList<SignatureScheme> SignatureSchemes => field ??= CertificateSignature.SchemesOf(this);

    /// <summary>Reads a certificate in DER; null if it can't be read.</summary>
    public static CertificateFacts? Of(ReadOnlyMemory<byte> certificate)
    {
        if (certificate.Length < ShortestCertificate) return null;

        Span<byte> name = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(certificate.Span, name);
        if (Remembered.Find(name) is { } known) return known.Facts;

        // Kept for longer than the connection that it came in.
        var facts = TryRead(Convert.ToHexString(name), certificate.ToArray());
        if (certificate.Length <= LongestRemembered) Remembered.Keep(name, new(facts));
        return facts;
    }

    // What can't be read is remembered as well.
    private sealed record Remembrance(CertificateFacts? Facts);

    private static CertificateFacts? TryRead(string name, byte[] der)
    {
        try
        {
            return Read(name, der);
        }
        catch (Exception exception) when (
            exception is AsnContentException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    private static CertificateFacts Read(string name, byte[] der)
    {
        // Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm AlgorithmIdentifier,
        //     signatureValue BIT STRING }
        // TBSCertificate ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, serialNumber INTEGER,
        //     signature AlgorithmIdentifier,
        //     issuer Name, validity SEQUENCE { notBefore Time, notAfter Time }, subject Name,
        //     subjectPublicKeyInfo SubjectPublicKeyInfo, issuerUniqueID [1], subjectUniqueID [2],
        //     extensions [3] EXPLICIT }
        var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var signed = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        var signatureAlgorithm = certificate.ReadEncodedValue();
        var signature = certificate.ReadBitString(out _);

        var version = tbs.PeekTag() == Context(0) && tbs.ReadSequence(Context(0)).TryReadInt32(out var number)
            ? number + 1 : 1;
        tbs.ReadEncodedValue();
        tbs.ReadEncodedValue();
        var issuer = tbs.ReadEncodedValue();
        var validity = tbs.ReadSequence();
        var notBeforeAt = Place(der, validity.PeekEncodedValue());
        var notBefore = ReadTime(validity);
        var notAfterAt = Place(der, validity.PeekEncodedValue());
        var notAfter = ReadTime(validity);
        var subject = tbs.ReadEncodedValue();
        var keyInfo = tbs.ReadEncodedValue();
        var (key, bits) = ReadKey(keyInfo);
        while (tbs.HasData && tbs.PeekTag() != Context(3)) tbs.ReadEncodedValue();
        return new CertificateFacts
        {
            Name = name,
            Version = version,
            NotBefore = notBefore,
            NotBeforeAt = notBeforeAt,
            NotAfter = notAfter,
            NotAfterAt = notAfterAt,
            Issuer = issuer,
            Subject = subject,
            Signed = signed,
            Signature = signature,
            SignatureAlgorithm = signatureAlgorithm,
            SignatureAlgorithmAt = Place(der, signatureAlgorithm),
            Key = key,
            KeyBits = bits,
            KeyAt = Place(der, keyInfo),
            Extensions = tbs.HasData ? CertificateExtensionFacts.Read(tbs.ReadSequence(Context(3)).ReadSequence())
                : new(),
        };
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);

    private static Range Place(byte[] whole, ReadOnlyMemory<byte> part) =>
        whole.AsSpan().Overlaps(part.Span, out var at) ? at..(at + part.Length) : default;

    private static DateTimeOffset ReadTime(AsnReader validity) =>
        validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? validity.ReadUtcTime()
            : validity.ReadGeneralizedTime();

    private static (KeyKind Kind, int Bits) ReadKey(ReadOnlyMemory<byte> keyInfo)
    {
        // SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE { algorithm OID, parameters ANY },
        //     subjectPublicKey BIT STRING }
        var info = new AsnReader(keyInfo, AsnEncodingRules.DER).ReadSequence();
        var algorithm = info.ReadSequence();
        switch (algorithm.ReadObjectIdentifier())
        {
            case "1.2.840.113549.1.1.1":
                return (KeyKind.Rsa, RsaBits(info));
            case "1.2.840.113549.1.1.10":
                return (KeyKind.RsaPss, RsaBits(info));
            case "1.2.840.10045.2.1":
                var isNamed = algorithm.HasData && algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier);
                var curve = isNamed
                    ? ECNamedCurveTable.GetByOid(new DerObjectIdentifier(algorithm.ReadObjectIdentifier())) : null;
                return (KeyKind.Ec, curve?.N.BitLength ?? 0);
            case "1.2.840.10040.4.1":
                var prime = algorithm.HasData ? algorithm.ReadSequence().ReadIntegerBytes() : default;
                return (KeyKind.Dsa, WellKnownPrimes.BitLength(prime.Span));
            case "1.3.101.112":
                return (KeyKind.EdDsa, 255);
            case "1.3.101.113":
                return (KeyKind.EdDsa, 448);
            default:
                return (KeyKind.Other, 0);
        }
    }

    private static int RsaBits(AsnReader info) => WellKnownPrimes.BitLength(
        new AsnReader(info.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence().ReadIntegerBytes().Span);
}
