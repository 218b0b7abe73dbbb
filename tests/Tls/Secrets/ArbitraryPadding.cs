using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

/// <summary>Records as an old implementation may pad them: the last octet counts, the others hold anything.</summary>
internal static class ArbitraryPadding
{
    private const int Block = 16;

    /// <summary>A reader, and a first record of AES-CBC whose padding octets other than the last are 0xee.</summary>
    public static (RecordProtection Reader, byte[] Fragment) Record(
        ProtocolVersion version, CipherSuiteInfo suite, bool encryptThenMac, byte[] content)
    {
        var masterSecret = new byte[48];
        var random = new byte[32];
        var keys = KeyBlock12.Derive(version, suite, masterSecret, random, random);
        var mac = new RecordMac(version, suite.MacHash!, keys.ClientMacKey);
        var iv = version == ProtocolVersion.Tls10 ? keys.ClientIv : new byte[Block];
        byte[] sentIv = version == ProtocolVersion.Tls10 ? [] : iv;

        byte[] inner = encryptThenMac ? content : [.. content, .. mac.Compute(0, 23, 0x0303, content)];
        var padding = Block - 1 - (inner.Length % Block) + Block;
        byte[] padded = [.. inner, .. Enumerable.Repeat((byte)0xee, padding), (byte)padding];
        byte[] fragment = [.. sentIv, .. Encrypt(keys.ClientKey, iv, padded)];
        if (encryptThenMac) fragment = [.. fragment, .. mac.Compute(0, 23, 0x0303, fragment)];

        var reader = KeySchedule12.Protections(version, suite, masterSecret, random, random, encryptThenMac)!.Client;
        return (reader, fragment);
    }

    private static byte[] Encrypt(byte[] key, byte[] iv, byte[] data)
    {
        var cbc = new CbcBlockCipher(new AesEngine());
        cbc.Init(forEncryption: true, new ParametersWithIV(new KeyParameter(key), iv));
        var output = new byte[data.Length];
        for (var at = 0; at < data.Length; at += Block) cbc.ProcessBlock(data, at, output, at);
        return output;
    }
}
