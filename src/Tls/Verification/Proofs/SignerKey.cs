using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>The public key of a certificate.</summary>
/// <param name="Parameters">The key.</param>
/// <param name="IsPssOnly">
/// True if its algorithm is RSASSA-PSS rather than rsaEncryption (RFC 4055, Section 1.2).
/// </param>
/// <param name="Modulus">The modulus of an RSA key, prepared to be computed with; null for other keys.</param>
internal sealed record SignerKey(AsymmetricKeyParameter Parameters, bool IsPssOnly, OddModulus? Modulus)
{
    private PointTable? _multiples;

    /// <summary>ECDSA with this key; with another kind of key it can't be initialised.</summary>
    public IDsa Ecdsa() =>
        Parameters is ECPublicKeyParameters key && EllipticCurve.Of(key) is { } curve
            ? new EcdsaOfKey(curve, _multiples ??= new PointTable(curve, key.Q))
            : new ECDsaSigner();

    private const int MostRemembered = 4096;

    // Room for RSA with 8192 bits and DSA with 3072. Longer ones would keep a processor busy for as long as a peer
    // likes.
    private const int LongestKeyInfo = 1400;

    // RFC 8017, Section 3.1, allows any exponent below the modulus; those in use have 17 bits, and the time grows with
    // it.
    private const int LongestRsaExponent = 64;

    // Reading an RSA key tests its modulus, which takes as long as checking a signature; a run shows few certificates
    // often.
    private static readonly RecentById<SignerKey> Remembered = new(MostRemembered);

    /// <summary>Reads the key of a certificate in DER.</summary>
    /// <exception cref="Exception">
    /// Any kind that the ASN.1 and key code has, if it is no certificate or the key is broken.
    /// </exception>
    public static SignerKey Of(ReadOnlySpan<byte> certificate)
    {
        Span<byte> name = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(certificate, name);
        if (Remembered.Find(name) is { } known) return known;

        var info = X509CertificateStructure.GetInstance(certificate.ToArray()).SubjectPublicKeyInfo;
        if (info.GetDerEncoded().Length > LongestKeyInfo)
            throw new InvalidKeyException("the key is longer than any in use");
        // RFC 5480, Section 2.1.1: curves are named; one of the peer's own making could be of any size.
        var algorithm = KeyAlgorithm.Of(info);
        if (algorithm.Algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey)
            && algorithm.Parameters is not DerObjectIdentifier)
        {
            throw new InvalidKeyException("the curve is not a named one");
        }

        var parameters = PublicKeyFactory.CreateKey(info);
        if (parameters is RsaKeyParameters { Exponent.BitLength: > LongestRsaExponent })
            throw new InvalidKeyException("the exponent is longer than any in use");

        var key = new SignerKey(
            parameters,
            algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdRsassaPss),
            parameters is RsaKeyParameters rsa ? new OddModulus(rsa.Modulus.ToByteArrayUnsigned()) : null);
        Remembered.Keep(name, key);
        return key;
    }
}
