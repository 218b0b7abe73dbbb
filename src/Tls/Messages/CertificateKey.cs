using TlsInterop.Tls.Wire;
using TlsInterop.Tls.Wire.Der;

namespace TlsInterop.Tls.Messages;

/// <summary>The public key of a certificate, as far as its kind and size go.</summary>
/// <param name="Kind">
/// <c>rsa</c>, <c>rsa-pss</c>, <c>dsa</c>, <c>ecdsa</c>, <c>ed25519</c>, <c>ed448</c>, <c>mldsa44</c> ...; else the
/// algorithm's OID.
/// </param>
/// <param name="Curve">The curve of an elliptic key: <c>p256</c>, <c>explicit</c> or an OID; else null.</param>
/// <param name="Bits">Length of the modulus, the prime or the curve's field in bits; null if it is not known.</param>
/// <remarks>RFC 3279, Section 2.3; RFC 5480, Section 2; RFC 8410; RFC 9881 (ML-DSA).</remarks>
public readonly record struct CertificateKey(string Kind, string? Curve, int? Bits)
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Dsa = "1.2.840.10040.4.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";

    // Keys whose algorithm says all.
    private static readonly Dictionary<string, CertificateKey> Fixed = new(StringComparer.Ordinal)
    {
        ["1.3.101.112"] = new("ed25519", Curve: null, 255),
        ["1.3.101.113"] = new("ed448", Curve: null, 448),
        ["2.16.840.1.101.3.4.3.17"] = new("mldsa44", Curve: null, Bits: null),
        ["2.16.840.1.101.3.4.3.18"] = new("mldsa65", Curve: null, Bits: null),
        ["2.16.840.1.101.3.4.3.19"] = new("mldsa87", Curve: null, Bits: null),
    };

    private static readonly Dictionary<string, CertificateKey> Curves = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.3.1.1"] = new("ecdsa", "p192", 192),
        ["1.3.132.0.33"] = new("ecdsa", "p224", 224),
        ["1.2.840.10045.3.1.7"] = new("ecdsa", "p256", 256),
        ["1.3.132.0.34"] = new("ecdsa", "p384", 384),
        ["1.3.132.0.35"] = new("ecdsa", "p521", 521),
        ["1.3.132.0.10"] = new("ecdsa", "secp256k1", 256),
        ["1.3.36.3.3.2.8.1.1.7"] = new("ecdsa", "brainpoolP256r1", 256),
        ["1.3.36.3.3.2.8.1.1.11"] = new("ecdsa", "brainpoolP384r1", 384),
        ["1.3.36.3.3.2.8.1.1.13"] = new("ecdsa", "brainpoolP512r1", 512),
        ["1.2.156.10197.1.301"] = new("ecdsa", "sm2", 256),
    };

    internal static CertificateKey Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        // SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY },
        //     subjectPublicKey BIT STRING }
        var info = new DerReader(subjectPublicKeyInfo).Enter(DerTag.Sequence);
        var algorithm = info.Enter(DerTag.Sequence);
        var oid = DerText.ReadObjectIdentifier(ref algorithm);
        if (Fixed.TryGetValue(oid, out var key)) return key;
        switch (oid)
        {
            case Rsa or RsaPss:
                // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } after the count of unused bits
                var bits = info.Take(DerTag.BitString);
                var rsa = new DerReader(bits.IsEmpty ? bits : bits[1..]).Enter(DerTag.Sequence);
                return new(oid == Rsa ? "rsa" : "rsa-pss", Curve: null, BitsOf(rsa));
            case Dsa:
                return new("dsa", Curve: null, algorithm.More ? BitsOf(algorithm.Enter(DerTag.Sequence)) : null);
            case EllipticCurve when algorithm.Tag != DerTag.ObjectIdentifier:
                return new("ecdsa", "explicit", Bits: null);
            case EllipticCurve:
                var curve = DerText.ReadObjectIdentifier(ref algorithm);
                return Curves.GetValueOrDefault(curve, new("ecdsa", curve, Bits: null));
            default:
                return new(oid, Curve: null, Bits: null);
        }
    }

    // The first number: an RSA modulus, or the prime of DSA.
    private static int? BitsOf(DerReader numbers)
    {
        var number = numbers.Take(DerTag.Integer);
        return numbers.Failed ? null : WellKnownPrimes.BitLength(number.Span);
    }

    /// <summary><c>rsa2048</c>, <c>ecdsa-p256</c>, <c>ed25519</c>.</summary>
    public override string ToString() =>
        Curve is not null ? $"{Kind}-{Curve}" : Kind is "rsa" or "rsa-pss" or "dsa" ? $"{Kind}{Bits ?? 0}" : Kind;
}
