using System.Formats.Asn1;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>The signature in a certificate: which scheme it is, and whose key made it.</summary>
/// <remarks>RFC 5280, Sections 4.1.1.2 and 6.1.3; RFC 4055, Section 3.1 (RSASSA-PSS).</remarks>
internal static class CertificateSignature
{
    private const int MostRemembered = 256;
    private const string RsassaPss = "1.2.840.113549.1.1.10";

    // The scheme of TLS by the algorithm of X.509. In TLS 1.3 those of ECDSA name a curve too, which X.509 does not.
    private static readonly Dictionary<string, ushort> Schemes = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.4"] = 0x0101,
        ["1.2.840.113549.1.1.5"] = 0x0201,
        ["1.2.840.113549.1.1.14"] = 0x0301,
        ["1.2.840.113549.1.1.11"] = 0x0401,
        ["1.2.840.113549.1.1.12"] = 0x0501,
        ["1.2.840.113549.1.1.13"] = 0x0601,
        ["1.2.840.10040.4.3"] = 0x0202,
        ["2.16.840.1.101.3.4.3.1"] = 0x0302,
        ["2.16.840.1.101.3.4.3.2"] = 0x0402,
        ["1.2.840.10045.4.1"] = 0x0203,
        ["1.2.840.10045.4.3.1"] = 0x0303,
        ["1.2.840.10045.4.3.2"] = 0x0403,
        ["1.2.840.10045.4.3.3"] = 0x0503,
        ["1.2.840.10045.4.3.4"] = 0x0603,
        ["1.3.101.112"] = 0x0807,
        ["1.3.101.113"] = 0x0808,
    };

    // RFC 4055, Section 3.1: the hash, and the salt that TLS wants with it (RFC 8446, Section 4.2.3).
    private static readonly Dictionary<string, (ushort Rsae, ushort Pss, int Salt)> PssHashes = new()
    {
        ["2.16.840.1.101.3.4.2.1"] = (0x0804, 0x0809, 32),
        ["2.16.840.1.101.3.4.2.2"] = (0x0805, 0x080a, 48),
        ["2.16.840.1.101.3.4.2.3"] = (0x0806, 0x080b, 64),
    };

    private static readonly RecentById<Remembrance> Remembered = new(MostRemembered);

    /// <summary>The schemes of TLS that a certificate's signature is; none if TLS has no code for it.</summary>
    public static IReadOnlyList<SignatureScheme> SchemesOf(CertificateFacts certificate)
    {
        try
        {
            var algorithm = new AsnReader(certificate.SignatureAlgorithm, AsnEncodingRules.DER).ReadSequence();
            var oid = algorithm.ReadObjectIdentifier();
            if (oid == RsassaPss)
                return PssHash(algorithm) is { } pss ? [new SignatureScheme(pss.Rsae), new SignatureScheme(pss.Pss)]
                    : [];
            return Schemes.TryGetValue(oid, out var code) ? [new SignatureScheme(code)] : [];
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    /// <summary>Checks that the key of an issuer made the signature. What was checked once is remembered.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">The one that should have signed it.</param>
    /// <param name="issuerBytes">The same in DER.</param>
    public static SignatureVerdict Check(
        CertificateFacts certificate, CertificateFacts issuer, ReadOnlySpan<byte> issuerBytes)
    {
        byte[] names = [.. Convert.FromHexString(certificate.Name), .. Convert.FromHexString(issuer.Name)];
        if (Remembered.Find(names) is { } known) return known.Verdict;

        var schemes = certificate.SignatureSchemes;
        SignatureScheme? scheme = schemes.Count == 0 ? null
            : schemes[issuer.Key == KeyKind.RsaPss ? schemes.Count - 1 : 0];
        var verdict = HandshakeSignature.Check(
            ProtocolVersion.Tls12, issuerBytes, scheme, certificate.Signed.Span, certificate.Signature.Span);
        Remembered.Keep(names, new(verdict));
        return verdict;
    }

    private sealed record Remembrance(SignatureVerdict Verdict);

    private static (ushort Rsae, ushort Pss, int Salt)? PssHash(AsnReader algorithm)
    {
        // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] DEFAULT sha1, maskGenAlgorithm [1],
        //     saltLength [2] DEFAULT 20, ... }
        if (!algorithm.HasData) return null;
        var parameters = algorithm.ReadSequence();
        string? hash = null;
        var salt = 20;
        while (parameters.HasData)
        {
            var tag = parameters.PeekTag();
            var field = parameters.ReadSequence(tag);
            if (tag.TagValue == 0) hash = field.ReadSequence().ReadObjectIdentifier();
            else if (tag.TagValue == 2 && field.TryReadInt32(out var length)) salt = length;
        }
        return hash is not null && PssHashes.TryGetValue(hash, out var known) && known.Salt == salt ? known : null;
    }
}
