using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>MD5 and SHA-1 side by side.</summary>
/// <remarks>RFC 4346, Section 4.7.</remarks>
internal sealed class Md5AndSha1Digest : IDigest
{
    private readonly MD5Digest _md5 = new();
    private readonly Sha1Digest _sha1 = new();

    public string AlgorithmName => "MD5 and SHA-1";

    public int GetDigestSize() => _md5.GetDigestSize() + _sha1.GetDigestSize();

    public int GetByteLength() => _md5.GetByteLength();

    public void Update(byte input)
    {
        _md5.Update(input);
        _sha1.Update(input);
    }

    public void BlockUpdate(byte[] input, int inOff, int length)
    {
        _md5.BlockUpdate(input, inOff, length);
        _sha1.BlockUpdate(input, inOff, length);
    }

    public void BlockUpdate(ReadOnlySpan<byte> input)
    {
        // Not every version of the digests takes a span.
        var octets = input.ToArray();
        BlockUpdate(octets, 0, octets.Length);
    }

    public int DoFinal(Span<byte> output)
    {
        var hash = new byte[GetDigestSize()];
        DoFinal(hash, 0);
        hash.CopyTo(output);
        return hash.Length;
    }

    public int DoFinal(byte[] output, int outOff) =>
        _md5.DoFinal(output, outOff) + _sha1.DoFinal(output, outOff + _md5.GetDigestSize());

    public void Reset()
    {
        _md5.Reset();
        _sha1.Reset();
    }
}
