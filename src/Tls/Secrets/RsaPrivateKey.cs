using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace TlsInterop.Tls.Secrets;

/// <summary>One RSA private key.</summary>
internal sealed class RsaPrivateKey
{
    // A longer one would take seconds for each handshake.
    private const int MostBits = 16384;

    private readonly RsaPrivateCrtKeyParameters _parameters;

    private RsaPrivateKey(RsaPrivateCrtKeyParameters parameters) => _parameters = parameters;

    public BigInteger Modulus => _parameters.Modulus;

    /// <summary>Reads a part of a PEM file.</summary>
    /// <returns>Why it is of no use, or null; <paramref name="key"/> is null as well where the part is no key at
    /// all.</returns>
    public static string? Read(PemBlock block, out RsaPrivateKey? key)
    {
        key = null;
        if (block.IsEncrypted || block.Label == "ENCRYPTED PRIVATE KEY")
            return "the key is encrypted: write it without a passphrase first (openssl pkey -in FILE -out CLEAR)";
        switch (block.Label)
        {
            case "":
                return "there is no PEM in it: a key in DER is converted by openssl pkey -inform DER -in FILE -out PEM";
            case "RSA PRIVATE KEY" or "PRIVATE KEY":
                break;
            case "PUBLIC KEY" or "RSA PUBLIC KEY":
                return "it is a public key: only the private one opens anything";
            case var other when other.EndsWith("PRIVATE KEY", StringComparison.Ordinal):
                return $"it is a key of another kind ({other}): only RSA keys open a key exchange";
            default:
                return null;
        }
        if (block.Content is null) return "it is broken: expected Base64 up to the END line";
        try
        {
            return block.Label == "PRIVATE KEY" ? ReadPkcs8(block.Content, out key) : ReadPkcs1(block.Content, out key);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidCastException
            or InvalidOperationException or ArithmeticException or NullReferenceException or IndexOutOfRangeException)
        {
            return $"it is broken: {exception.Message}";
        }
    }

    /// <summary>
    /// What was encrypted for this key by the rules of PKCS #1 v1.5, or null if it was not encrypted for it.
    /// </summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> encrypted)
    {
        var length = (Modulus.BitLength + 7) / 8;
        var number = new BigInteger(1, encrypted.ToArray());
        // 0, 1 and the modulus less one are their own encryption: no EM, and some engines throw at them.
        if (encrypted.Length > length
            || number.CompareTo(BigInteger.One) <= 0
            || number.CompareTo(Modulus.Subtract(BigInteger.One)) >= 0) return null;
        var engine = new RsaEngine();
        engine.Init(forEncryption: false, _parameters);
        var block = engine.ProcessBlock(encrypted.ToArray(), 0, encrypted.Length).AsSpan();

        // RFC 8017, Section 7.2.2: EM = 0x00 || 0x02 || PS || 0x00 || M; the engine drops leading zeros.
        if (block.Length != length - 1 || block[0] != 2) return null;
        var end = block[1..].IndexOf((byte)0);
        return end < 8 ? null : block[(end + 2)..].ToArray();
    }

    // RFC 5208, Section 5
    private static string? ReadPkcs8(byte[] der, out RsaPrivateKey? key)
    {
        key = null;
        var info = PrivateKeyInfo.GetInstance(Asn1Object.FromByteArray(der));
        var algorithm = info.PrivateKeyAlgorithm.Algorithm;
        if (algorithm.Equals(PkcsObjectIdentifiers.IdRsassaPss))
            return "it is an RSASSA-PSS key: it signs and opens nothing";
        return algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption)
            ? ReadPkcs1(info.ParsePrivateKey().GetEncoded(), out key)
            : $"it is a key of another kind ({algorithm.Id}): only RSA keys open a key exchange";
    }

    // RFC 8017, Appendix A.1.2
    private static string? ReadPkcs1(byte[] der, out RsaPrivateKey? key)
    {
        key = null;
        var numbers = RsaPrivateKeyStructure.GetInstance(Asn1Object.FromByteArray(der));
        if (numbers.Modulus.BitLength > MostBits) return $"it has more than {MostBits} bits";
        if (!numbers.Prime1.Multiply(numbers.Prime2).Equals(numbers.Modulus))
            return "it is broken: its primes do not make its modulus";
        key = new RsaPrivateKey(new RsaPrivateCrtKeyParameters(numbers));
        return null;
    }
}
