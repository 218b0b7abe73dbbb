using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Oiw;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Encodings;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>RSA signatures with the encoding of PKCS #1 v1.5: verification only, and used once.</summary>
/// <remarks>
/// RFC 8017, Section 8.2.2. Before TLS 1.2 it is MD5 and SHA-1 side by side without a DigestInfo: RFC 4346,
/// Section 7.4.3 and the end of Section 4.7.
/// </remarks>
/// <param name="modulus">The modulus of the key.</param>
/// <param name="hash">
/// The hash of the scheme; null for MD5 and SHA-1; <see cref="Unhashed"/> where the content is hashed already.
/// </param>
internal sealed class RsaPkcs1Signer(OddModulus modulus, string? hash) : ISigner
{
    /// <summary>The content is what is signed, as in SSL 3.0.</summary>
    public const string Unhashed = "";

    private static readonly Dictionary<string, DerObjectIdentifier> Hashes = new(StringComparer.Ordinal)
    {
        ["MD5"] = PkcsObjectIdentifiers.MD5,
        ["SHA1"] = OiwObjectIdentifiers.IdSha1,
        ["SHA224"] = NistObjectIdentifiers.IdSha224,
        ["SHA256"] = NistObjectIdentifiers.IdSha256,
        ["SHA384"] = NistObjectIdentifiers.IdSha384,
        ["SHA512"] = NistObjectIdentifiers.IdSha512,
    };

    private readonly Transcript _content = new();
    private readonly Pkcs1Encoding _rsa = new(new RsaPublicEngine(modulus));

    public string AlgorithmName => $"{hash ?? "MD5andSHA1"}withRSA";

    public void Init(bool forSigning, ICipherParameters parameters)
    {
        if (forSigning) throw new NotSupportedException("Signatures are verified here, not made.");
        _rsa.Init(forEncryption: false, parameters);
    }

    public void Update(byte input) => _content.Add([input]);

    public void BlockUpdate(byte[] input, int inOff, int length) => _content.Add(input.AsSpan(inOff, length));

    public void BlockUpdate(ReadOnlySpan<byte> input) => _content.Add(input);

    public int GetMaxSignatureSize() => _rsa.GetOutputBlockSize();

    public byte[] GenerateSignature() => throw new NotSupportedException("Signatures are verified here, not made.");

    public bool VerifySignature(byte[] signature)
    {
        try
        {
            var encoded = _rsa.ProcessBlock(signature, 0, signature.Length).AsSpan();
            if (hash is Unhashed) return encoded.SequenceEqual(_content.Bytes);
            if (hash is null) return encoded.SequenceEqual((byte[])[.. _content.Hash("MD5"), .. _content.Hash("SHA1")]);

            // RFC 8017, Section 9.2, note 1 and Appendix A.2.4: the parameters are NULL, and some leave them out.
            var digest = _content.Hash(hash);
            return encoded.SequenceEqual(Info(new AlgorithmIdentifier(Hashes[hash], DerNull.Instance), digest))
                || encoded.SequenceEqual(Info(new AlgorithmIdentifier(Hashes[hash]), digest));
        }
        catch (Exception exception) when (exception is InvalidCipherTextException or DataLengthException)
        {
            return false;
        }
    }

    public void Reset() => throw new NotSupportedException("A signer of this kind is used once.");

    private static byte[] Info(AlgorithmIdentifier algorithm, byte[] digest) =>
        new DigestInfo(algorithm, digest).GetDerEncoded();
}
