using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Modes.Gcm;
using Org.BouncyCastle.Crypto.Parameters;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>An AEAD with its key (RFC 5116).</summary>
internal sealed class AeadPrimitive
{
    private readonly IAeadCipher _cipher;
    private readonly KeyParameter _key;

    private AeadPrimitive(IAeadCipher cipher, byte[] key, int tagLength)
    {
        _cipher = cipher;
        _key = new KeyParameter(key);
        TagLength = tagLength;
    }

    /// <summary>Octets that the tag adds.</summary>
    public int TagLength { get; }

    /// <summary>The AEAD of a suite, or null if there is no managed code for its cipher.</summary>
    public static AeadPrimitive? TryCreate(CipherSuiteInfo suite, byte[] key)
    {
        if (suite.Mode == CipherMode.ChaCha20Poly1305) return new AeadPrimitive(new ChaCha20Poly1305(), key, 16);
        if (CipherEngines.TryCreate(suite.Cipher) is not { } engine) return null;
        return suite.Mode switch
        {
            CipherMode.Gcm => new AeadPrimitive(new GcmBlockCipher(engine, new Tables4kGcmMultiplier()), key, 16),
            CipherMode.Ccm => new AeadPrimitive(new CcmBlockCipher(engine), key, 16),
            // RFC 6655, Section 4
            CipherMode.Ccm8 => new AeadPrimitive(new CcmBlockCipher(engine), key, 8),
            _ => null,
        };
    }

    /// <summary>
    /// The content, or null if the tag does not fit. <paramref name="encrypted"/> holds at least a tag.
    /// </summary>
    public byte[]? Open(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> encrypted)
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

    public byte[] Seal(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> content) =>
        Run(forEncryption: true, nonce, additionalData, content);

    private byte[] Run(bool forEncryption, byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> input)
    {
        _cipher.Init(forEncryption, new AeadParameters(_key, TagLength * 8, nonce, additionalData));
        var bytes = input.ToArray();
        var output = new byte[_cipher.GetOutputSize(bytes.Length)];
        var length = _cipher.ProcessBytes(bytes, 0, bytes.Length, output, 0);
        length += _cipher.DoFinal(output, length);
        return length == output.Length ? output : output[..length];
    }
}
