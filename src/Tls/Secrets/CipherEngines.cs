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
        ["ARIA_128"] = () => new AriaEngine(),
        ["ARIA_256"] = () => new AriaEngine(),
        ["SM4"] = () => new SM4Engine(),
        ["SEED"] = () => new SeedEngine(),
        ["IDEA"] = () => new IdeaEngine(),
        ["3DES_EDE"] = () => new DesEdeEngine(),
        ["DES"] = () => new DesEngine(),
        ["DES40"] = () => new DesEngine(),
        ["RC2_40"] = () => new RC2Engine(),
    };

    /// <summary>
    /// What makes a fresh block cipher, or null for one that is not in the table (GOST, AEGIS).
    /// </summary>
    public static Func<IBlockCipher>? Find(string cipher) => Rows.GetValueOrDefault(cipher);
}
