using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace TlsInterop.Tls.Secrets;

/// <summary>Hash functions by the names that the cipher suite registry uses, in managed code.</summary>
internal static class Digests
{
    private static readonly Dictionary<string, Func<IDigest>> Rows = new(StringComparer.Ordinal)
    {
        ["MD5"] = () => new MD5Digest(),
        ["SHA1"] = () => new Sha1Digest(),
        ["SHA224"] = () => new Sha224Digest(),
        ["SHA256"] = () => new Sha256Digest(),
        ["SHA384"] = () => new Sha384Digest(),
        ["SHA512"] = () => new Sha512Digest(),
        ["SM3"] = () => new SM3Digest(),
    };

    private static readonly Dictionary<string, int> Sizes =
        Rows.ToDictionary(row => row.Key, row => row.Value().GetDigestSize(), StringComparer.Ordinal);

    /// <summary>
    /// A fresh digest. The name must be one of the table: it comes from the registry, not from the wire.
    /// </summary>
    public static IDigest Create(string name) => Rows[name]();

    /// <summary>Output length in octets.</summary>
    public static int Size(string name) => Sizes[name];

    public static byte[] Hash(string name, ReadOnlySpan<byte> data)
    {
        var digest = Create(name);
        var bytes = data.ToArray();
        digest.BlockUpdate(bytes, 0, bytes.Length);
        var output = new byte[digest.GetDigestSize()];
        digest.DoFinal(output, 0);
        return output;
    }

    /// <summary>An HMAC (RFC 2104) that is ready for data.</summary>
    public static HMac Hmac(string name, ReadOnlySpan<byte> key)
    {
        var mac = new HMac(Create(name));
        mac.Init(new KeyParameter(key.ToArray()));
        return mac;
    }
}
