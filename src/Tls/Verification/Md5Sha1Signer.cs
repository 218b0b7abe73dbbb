using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification;

/// <summary>RSA over MD5 and SHA-1 side by side without a DigestInfo: verification only.</summary>
/// <remarks>RFC 4346, Section 7.4.3 and the end of Section 4.7.</remarks>
internal sealed class Md5Sha1Signer : ISigner
{
    private readonly Transcript _content = new();
    private readonly Pkcs1Encoding _rsa = new(new RsaEngine());

    public string AlgorithmName => "MD5andSHA1withRSA";

    public void Init(bool forSigning, ICipherParameters parameters)
    {
        if (forSigning) throw new NotSupportedException("Signatures are verified here, not made.");
        _rsa.Init(forEncryption: false, parameters);
    }

    public void Update(byte input) => _content.Add([input]);

    public void BlockUpdate(byte[] input, int inOff, int length) => _content.Add(input.AsSpan(inOff, length));

    public byte[] GenerateSignature() => throw new NotSupportedException("Signatures are verified here, not made.");

    public bool VerifySignature(byte[] signature)
    {
        byte[] expected = [.. _content.Hash("MD5"), .. _content.Hash("SHA1")];
        try
        {
            return _rsa.ProcessBlock(signature, 0, signature.Length).AsSpan().SequenceEqual(expected);
        }
        catch (InvalidCipherTextException)
        {
            return false;
        }
    }

    public void Reset() => throw new NotSupportedException("A signer of this kind is used once.");
}
