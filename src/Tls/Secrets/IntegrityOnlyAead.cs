using Org.BouncyCastle.Crypto.Macs;

namespace TlsInterop.Tls.Secrets;

/// <summary>The "AEAD" of the suites of TLS 1.3 that encrypt nothing: the plain content and an HMAC.</summary>
/// <remarks>RFC 9150, Sections 5 and 6: write key and write IV are as long as the hash.</remarks>
internal sealed class IntegrityOnlyAead(string hash, byte[] key) : AeadPrimitive
{
    private readonly HMac _hmac = Digests.Hmac(hash, key);

    public override int TagLength => _hmac.GetMacSize();

    public override byte[]? Open(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> encrypted)
    {
        var content = encrypted[..^TagLength].ToArray();
        return encrypted[^TagLength..].SequenceEqual(Tag(nonce, additionalData, content)) ? content : null;
    }

    public override byte[] Seal(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> content) =>
        [.. content, .. Tag(nonce, additionalData, content.ToArray())];

    private byte[] Tag(byte[] nonce, byte[] additionalData, byte[] content)
    {
        _hmac.BlockUpdate(nonce, 0, nonce.Length);
        _hmac.BlockUpdate(additionalData, 0, additionalData.Length);
        _hmac.BlockUpdate(content, 0, content.Length);
        var tag = new byte[TagLength];
        _hmac.DoFinal(tag, 0);
        return tag;
    }
}
