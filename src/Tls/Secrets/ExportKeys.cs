using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>Export grade: write keys that are stretched from a few secret octets, and IVs that are no secret.</summary>
/// <remarks>RFC 2246, Section 6.3.1; RFC 6101, Section 6.2.2.1. What is made of 56 bits never left draft.</remarks>
internal static class ExportKeys
{
    /// <summary>Octets of key material that the key block gives each write key, by cipher.</summary>
    private static readonly Dictionary<string, int> MaterialLengths = new(StringComparer.Ordinal)
    {
        ["RC4_40"] = 5,
        ["RC2_40"] = 5,
        ["DES40"] = 5,
        ["RC4_56"] = 7,
        ["DES"] = 8,
    };

    /// <summary>Octets of key material, or null if the suite is not of export grade.</summary>
    public static int? MaterialLength(CipherSuiteInfo suite) =>
        suite.Name.Contains("_EXPORT", StringComparison.Ordinal) ? MaterialLengths[suite.Cipher] : null;

    /// <summary>The final write keys and IVs of a key block that holds key material in place of keys.</summary>
    public static KeyBlock12 Stretch(
        KeyBlock12 block, ProtocolVersion version, CipherSuiteInfo suite, byte[] clientRandom, byte[] serverRandom)
    {
        var ivLength = suite.BlockLength;
        if (version == ProtocolVersion.Ssl3)
        {
            return block with
            {
                ClientKey =
                    Digests.Hash("MD5", [.. block.ClientKey, .. clientRandom, .. serverRandom])[..suite.KeyLength],
                ServerKey =
                    Digests.Hash("MD5", [.. block.ServerKey, .. serverRandom, .. clientRandom])[..suite.KeyLength],
                ClientIv = Digests.Hash("MD5", [.. clientRandom, .. serverRandom])[..ivLength],
                ServerIv = Digests.Hash("MD5", [.. serverRandom, .. clientRandom])[..ivLength],
            };
        }

        byte[] randoms = [.. clientRandom, .. serverRandom];
        var ivs = Prf.Compute(version, suite.PrfHash, [], "IV block", randoms, 2 * ivLength);
        return block with
        {
            ClientKey =
                Prf.Compute(version, suite.PrfHash, block.ClientKey, "client write key", randoms, suite.KeyLength),
            ServerKey =
                Prf.Compute(version, suite.PrfHash, block.ServerKey, "server write key", randoms, suite.KeyLength),
            ClientIv = ivs[..ivLength],
            ServerIv = ivs[ivLength..],
        };
    }
}
