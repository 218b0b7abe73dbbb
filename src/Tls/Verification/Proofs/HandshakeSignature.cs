using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.TeleTrust;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>Checks the signatures of a handshake with managed primitives only. Foreign bytes never throw.</summary>
/// <remarks>RFC 8446, Section 4.2.3; RFC 5246, Section 7.4.1.4.1; RFC 4346, Section 7.4.3.</remarks>
public static class HandshakeSignature
{
    private static readonly SignatureVerdict Ok = new(SignatureStatus.Ok, "");

    // RFC 8446, Section 4.2.3: in TLS 1.3 an ECDSA scheme names the curve as well. RFC 8734, Section 2: brainpool.
    private static readonly Dictionary<string, DerObjectIdentifier> Curves = new(StringComparer.Ordinal)
    {
        ["ecdsa_secp256r1_sha256"] = SecObjectIdentifiers.SecP256r1,
        ["ecdsa_secp384r1_sha384"] = SecObjectIdentifiers.SecP384r1,
        ["ecdsa_secp521r1_sha512"] = SecObjectIdentifiers.SecP521r1,
        ["ecdsa_brainpoolP256r1tls13_sha256"] = TeleTrusTObjectIdentifiers.BrainpoolP256R1,
        ["ecdsa_brainpoolP384r1tls13_sha384"] = TeleTrusTObjectIdentifiers.BrainpoolP384R1,
        ["ecdsa_brainpoolP512r1tls13_sha512"] = TeleTrusTObjectIdentifiers.BrainpoolP512R1,
    };

    /// <summary>Checks a signature of TLS 1.0 to 1.3.</summary>
    /// <param name="version">The negotiated version. TLS 1.0 and 1.1 have no schemes: the kind of key decides.</param>
    /// <param name="certificate">The signer's certificate in DER.</param>
    /// <param name="scheme">The scheme that came with the signature; without meaning before TLS 1.2.</param>
    /// <param name="content">What is signed; see <see cref="SignedContent"/>.</param>
    /// <param name="signature">The signature.</param>
    public static SignatureVerdict Check(
        ProtocolVersion version,
        ReadOnlySpan<byte> certificate,
        SignatureScheme? scheme,
        ReadOnlySpan<byte> content,
        ReadOnlySpan<byte> signature)
    {
        var bytes = content.ToArray();
        if (version < ProtocolVersion.Tls12) return Guarded(certificate, SignerBefore12, _ => bytes, signature);
        if (scheme is not { Info: { } info }) return Unsupported($"the scheme {scheme} is not known");
        return Guarded(certificate, key => SignerOf(version, info, key), _ => bytes, signature);
    }

    /// <summary>Checks a signature of SSL 3.0 over hashes that depend on the master secret.</summary>
    /// <param name="certificate">The signer's certificate in DER.</param>
    /// <param name="hashesOf">The hashes that are signed with an RSA key (true) or a DSA key.</param>
    /// <param name="signature">The signature.</param>
    internal static SignatureVerdict CheckHashes(
        ReadOnlySpan<byte> certificate, Func<bool, byte[]> hashesOf, ReadOnlySpan<byte> signature) =>
        Guarded(certificate, SignerOfHashes, key => hashesOf(key.Modulus is not null), signature);

    private static SignatureVerdict Guarded(
        ReadOnlySpan<byte> certificate,
        Func<SignerKey, ISigner?> signerOf,
        Func<SignerKey, byte[]> contentOf,
        ReadOnlySpan<byte> signature)
    {
        // The primitives throw many kinds of exceptions on broken keys, points and integers: each means that it does
        // not fit.
        SignerKey certificateKey;
        try
        {
            certificateKey = SignerKey.Of(certificate);
        }
        catch (Exception exception)
        {
            return Unsupported($"the key of the certificate can't be read ({exception.Message})");
        }

        var key = certificateKey.Parameters;
        try
        {
            if (signerOf(certificateKey) is not { } signer)
                return Unsupported($"no managed code for this scheme with a {Name(key)} key");
            signer.Init(forSigning: false, key);
            var bytes = contentOf(certificateKey);
            signer.BlockUpdate(bytes, 0, bytes.Length);
            return signer.VerifySignature(signature.ToArray()) ? Ok : Wrong("the signature does not fit");
        }
        catch (Exception exception)
        {
            return Wrong($"a {Name(key)} key can't have made this signature ({exception.Message})");
        }
    }

    // RFC 4346, Section 7.4.3; RFC 8422, Section 5.4
    private static ISigner? SignerBefore12(SignerKey key) => key.Parameters switch
    {
        RsaKeyParameters => new RsaPkcs1Signer(key.Modulus!, hash: null),
        ECPublicKeyParameters => new DsaDigestSigner(key.Ecdsa(), Digests.Create("SHA1")),
        DsaPublicKeyParameters => new DsaDigestSigner(new DsaSigner(), Digests.Create("SHA1")),
        _ => null,
    };

    // RFC 6101, Section 5.6.8
    private static ISigner? SignerOfHashes(SignerKey key) => key.Parameters switch
    {
        RsaKeyParameters => new RsaPkcs1Signer(key.Modulus!, RsaPkcs1Signer.Unhashed),
        DsaPublicKeyParameters => new DsaDigestSigner(new DsaSigner(), new NullDigest()),
        _ => null,
    };

    private static ISigner? SignerOf(ProtocolVersion version, SignatureSchemeInfo scheme, SignerKey certificateKey)
    {
        var (key, isPssKey) = (certificateKey.Parameters, certificateKey.IsPssOnly);
        return scheme.Algorithm switch
        {
            // RFC 8446, Section 4.2.3: rsae schemes go with rsaEncryption keys, pss schemes with RSASSA-PSS keys.
            SignatureAlgorithm.RsaPkcs1 or SignatureAlgorithm.RsaPssRsae when isPssKey =>
                throw new InvalidKeyException("the key is for RSASSA-PSS only"),
            SignatureAlgorithm.RsaPssPss when key is RsaKeyParameters && !isPssKey =>
                throw new InvalidKeyException("the key is not an RSASSA-PSS key"),
            SignatureAlgorithm.RsaPkcs1 or SignatureAlgorithm.RsaPssRsae or SignatureAlgorithm.RsaPssPss
                when certificateKey.Modulus is null => throw new InvalidKeyException("the key is not an RSA key"),
            SignatureAlgorithm.RsaPkcs1 => new RsaPkcs1Signer(certificateKey.Modulus!, scheme.Hash),
            // RFC 8446, Section 4.2.3: the salt is as long as the hash.
            SignatureAlgorithm.RsaPssRsae or SignatureAlgorithm.RsaPssPss => new PssSigner(
                new RsaPublicEngine(certificateKey.Modulus!), Digests.Create(scheme.Hash!), Digests.Size(scheme.Hash!)),
            SignatureAlgorithm.Ecdsa when !CurveFits(version, scheme, key) =>
                throw new InvalidKeyException($"the key is not on the curve of {scheme.Name}"),
            SignatureAlgorithm.Ecdsa => new DsaDigestSigner(certificateKey.Ecdsa(), Digests.Create(scheme.Hash!)),
            SignatureAlgorithm.Dsa => new DsaDigestSigner(new DsaSigner(), Digests.Create(scheme.Hash!)),
            SignatureAlgorithm.EdDsa when scheme.Name == "ed25519" && key is not Ed448PublicKeyParameters =>
                new Ed25519Signer(),
            SignatureAlgorithm.EdDsa when scheme.Name == "ed448" && key is not Ed25519PublicKeyParameters =>
                new Ed448Signer([]),
            _ => null,
        };
    }

    private static bool CurveFits(ProtocolVersion version, SignatureSchemeInfo scheme, AsymmetricKeyParameter key) =>
        version < ProtocolVersion.Tls13
        || key is not ECPublicKeyParameters point
        || !Curves.TryGetValue(scheme.Name, out var curve)
        || curve.Equals(point.PublicKeyParamSet);

    private static string Name(AsymmetricKeyParameter key) => key.GetType().Name
        .Replace("PublicKeyParameters", "").Replace("KeyParameters", "");

    private static SignatureVerdict Wrong(string reason) => new(SignatureStatus.Wrong, reason);

    private static SignatureVerdict Unsupported(string reason) => new(SignatureStatus.Unsupported, reason);
}
