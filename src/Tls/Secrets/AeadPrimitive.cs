using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>An AEAD with its key (RFC 5116). Not thread-safe: it belongs to one direction.</summary>
internal abstract class AeadPrimitive
{
    private const int UsualTagLength = 16;
    private const int ShortTagLength = 8;

    /// <summary>Octets that the tag adds.</summary>
    public abstract int TagLength { get; }

    /// <summary>
    /// The content, or null if the tag does not fit. <paramref name="encrypted"/> holds at least a tag.
    /// </summary>
    public abstract byte[]? Open(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> encrypted);

    public abstract byte[] Seal(byte[] nonce, byte[] additionalData, ReadOnlySpan<byte> content);

    /// <summary>The AEAD of a suite, or null if there is no managed code for its cipher.</summary>
    public static AeadPrimitive? TryCreate(CipherSuiteInfo suite, byte[] key) => suite.Mode switch
    {
        CipherMode.ChaCha20Poly1305 => ManagedAead.ChaCha20(key, UsualTagLength),
        CipherMode.Gcm when CipherEngines.Find(suite.Cipher) is { } engine =>
            ManagedAead.Gcm(engine(), key, UsualTagLength),
        CipherMode.Ccm when CipherEngines.Find(suite.Cipher) is { } engine =>
            ManagedAead.Ccm(engine(), key, UsualTagLength),
        // RFC 6655, Section 4
        CipherMode.Ccm8 when CipherEngines.Find(suite.Cipher) is { } engine =>
            ManagedAead.Ccm(engine(), key, ShortTagLength),
        CipherMode.Null when suite.KeyExchange == KeyExchangeAlgorithm.Tls13 =>
            new IntegrityOnlyAead(suite.PrfHash, key),
        _ => null,
    };
}
