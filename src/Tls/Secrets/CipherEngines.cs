using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;

namespace TlsInterop.Tls.Secrets;

/// <summary>Block ciphers by the names that the cipher suite registry uses, in managed code.</summary>
internal static class CipherEngines
{
    private static readonly Dictionary<string, Func<IBlockCipher>> Rows = new(StringComparer.Ordinal)
    {
        ["AES_128"] = () => new AesEngine(),
        ["AES_256"] = () => new AesEngine(),
        ["CAMELLIA_128"] = () => new CamelliaEngine(),
        ["CAMELLIA_256"] = () => new CamelliaEngine(),
        ["SEED"] = () => new SeedEngine(),
        ["IDEA"] = () => new IdeaEngine(),
        ["3DES_EDE"] = () => new DesEdeEngine(),
        ["DES"] = () => new DesEngine(),
    };

    /// <summary>
    /// A fresh block cipher, or null for one that is not in the table (ARIA, GOST, the export ciphers).
    /// </summary>
    public static IBlockCipher? TryCreate(string cipher) => Rows.TryGetValue(cipher, out var create) ? create() : null;
}
