using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace TlsInterop.Tls.Secrets;

/// <summary>An AEAD of Bouncy Castle.</summary>
internal sealed class ManagedAead : AeadPrimitive
{
    private readonly IAeadCipher _cipher;
    private KeyParameter? _newKey;

    private ManagedAead(IAeadCipher cipher, byte[] key, int tagLength)
    {
        _cipher = cipher;
        _newKey = new KeyParameter(key);
        TagLength = tagLength;
    }

    public override int TagLength { get; }

    public static ManagedAead ChaCha20(byte[] key, int tagLength) => new(new ChaCha20Poly1305(), key, tagLength);

    public static ManagedAead Gcm(IBlockCipher engine, byte[] key, int tagLength) =>
        new(new GcmBlockCipher(engine), key, tagLength);

    public static ManagedAead Ccm(IBlockCipher engine, byte[] key, int tagLength) =>
        new(new CcmBlockCipher(engine), key, tagLength);

    public override byte[]? Open(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> encrypted)
    {
        try
        {
            return Run(forEncryption: false, nonce, additionalData, encrypted);
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }

    public override byte[] Seal(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> content) =>
        Run(forEncryption: true, nonce, additionalData, content);

    private byte[] Run(bool forEncryption, byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> input)
    {
        // Without a key the cipher goes on with the one it has: spreading a key takes longer than a short record.
        _cipher.Init(forEncryption, new AeadParameters(_newKey, TagLength * 8, nonce, additionalData));
        _newKey = null;
        var bytes = input.ToArray();
        var output = new byte[_cipher.GetOutputSize(bytes.Length)];
        var length = _cipher.ProcessBytes(bytes, 0, bytes.Length, output, 0);
        length += _cipher.DoFinal(output, length);
        return length == output.Length ? output : output[..length];
    }
}
