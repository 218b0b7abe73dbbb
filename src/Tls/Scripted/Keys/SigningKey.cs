using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>The private key of a certificate: signs a handshake with managed code.</summary>
/// <param name="key">The private key.</param>
/// <param name="random">For signatures that need a random number.</param>
/// <remarks>RFC 8446, Section 4.2.3; RFC 5246, Section 4.7; RFC 4346, Section 4.7.</remarks>
internal sealed class SigningKey(AsymmetricKeyParameter key, SecureRandom random)
{
    // RFC 8446, Section 4.2.3: in TLS 1.3 the curve goes with the hash.
    private static readonly Dictionary<int, string> EcdsaByBits = new()
    {
        [256] = "ecdsa_secp256r1_sha256", [384] = "ecdsa_secp384r1_sha384", [521] = "ecdsa_secp521r1_sha512",
    };

    /// <summary>Reads a key in PKCS #8.</summary>
    /// <exception cref="ArgumentException">It is no such key.</exception>
    public static SigningKey Read(byte[] pkcs8, SecureRandom random)
    {
        // What is no key makes the primitives throw many kinds of exceptions.
        try
        {
            return new(PrivateKeyFactory.CreateKey(PrivateKeyInfo.GetInstance(pkcs8)), random);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ArgumentException(
                $"Expected a private key in PKCS #8. Got: {pkcs8.Length} octets ({exception.Message})",
                nameof(pkcs8), exception);
        }
    }

    /// <summary>True for a key that RSA suites name.</summary>
    public bool IsRsa => key is RsaKeyParameters;

    /// <summary>What was encrypted for the key (RFC 8017, Section 7.2); null if it can't be decrypted.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> encrypted)
    {
        // Foreign octets make the primitives throw many kinds of exceptions: each means that it is none of ours.
        try
        {
            var engine = new Pkcs1Encoding(new RsaBlindedEngine());
            engine.Init(forEncryption: false, key);
            return engine.ProcessBlock(encrypted.ToArray(), 0, encrypted.Length);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>The first of the peer's schemes that fits the key and the version, or null.</summary>
    public SignatureScheme? Choose(ProtocolVersion version, IEnumerable<SignatureScheme> offered)
    {
        foreach (var scheme in offered)
            if (scheme.Info is { } info && Fits(version, info)) return scheme;
        return null;
    }

    /// <summary>Signs.</summary>
    /// <param name="scheme">The scheme; null before TLS 1.2, where the kind of key decides.</param>
    /// <param name="content">What is signed.</param>
    public byte[] Sign(SignatureScheme? scheme, ReadOnlySpan<byte> content)
    {
        var signer = scheme is { Info: { } info } ? SignerOf(info) : SignerBefore12();
        signer.Init(forSigning: true, key is Ed25519PrivateKeyParameters or Ed448PrivateKeyParameters
            ? key
            : new ParametersWithRandom(key, random));
        var bytes = content.ToArray();
        signer.BlockUpdate(bytes, 0, bytes.Length);
        return signer.GenerateSignature();
    }

    private bool Fits(ProtocolVersion version, SignatureSchemeInfo scheme) => scheme.Algorithm switch
    {
        // draft-ietf-tls-tls13-pkcs1, Section 3: the legacy ones are for clients, in TLS 1.3 alone.
        SignatureAlgorithm.RsaPkcs1 => key is RsaKeyParameters && !version.IsTls13
            && !scheme.Name.EndsWith("_legacy", StringComparison.Ordinal),
        // RFC 8017, Section 9.1.1: 8 hLen + 8 sLen + 9 bits, and a salt is as long as the hash.
        SignatureAlgorithm.RsaPssRsae => key is RsaKeyParameters { Modulus.BitLength: var bits }
            && bits - 1 >= 2 * 8 * Digests.Size(scheme.Hash!) + 9,
        SignatureAlgorithm.Ecdsa => key is ECPrivateKeyParameters ec
            && (!version.IsTls13 || EcdsaByBits.GetValueOrDefault(ec.Parameters.N.BitLength) == scheme.Name),
        SignatureAlgorithm.EdDsa =>
            key is Ed25519PrivateKeyParameters && scheme.Name == "ed25519"
            || key is Ed448PrivateKeyParameters && scheme.Name == "ed448",
        _ => false,
    };

    private static ISigner SignerOf(SignatureSchemeInfo scheme) => scheme.Algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1 => new RsaDigestSigner(Digests.Create(scheme.Hash!)),
        SignatureAlgorithm.RsaPssRsae =>
            new PssSigner(new RsaBlindedEngine(), Digests.Create(scheme.Hash!), Digests.Size(scheme.Hash!)),
        SignatureAlgorithm.Ecdsa => new DsaDigestSigner(new ECDsaSigner(), Digests.Create(scheme.Hash!)),
        SignatureAlgorithm.EdDsa when scheme.Name == "ed25519" => new Ed25519Signer(),
        SignatureAlgorithm.EdDsa => new Ed448Signer([]),
        _ => throw new NotSupportedException($"nothing signs with {scheme.Name} here"),
    };

    // RFC 4346, Section 4.7: MD5 and SHA-1 side by side for RSA, SHA-1 for others.
    private ISigner SignerBefore12() => key is RsaKeyParameters
        ? new GenericSigner(new Pkcs1Encoding(new RsaBlindedEngine()), new Md5AndSha1Digest())
        : new DsaDigestSigner(new ECDsaSigner(), new Sha1Digest());
}
