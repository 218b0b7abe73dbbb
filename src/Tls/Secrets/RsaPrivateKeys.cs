using Org.BouncyCastle.Math;

namespace TlsInterop.Tls.Secrets;

/// <summary>The RSA private keys of servers. With them RSA key exchange gives up its premaster secrets.</summary>
/// <remarks>
/// RFC 5246, Section 7.4.7.1. RSA_PSK needs its pre-shared key as well and stays closed; (EC)DHE can't be opened by any
/// private key.
/// </remarks>
public sealed class RsaPrivateKeys
{
    private readonly List<RsaPrivateKey> _keys = [];
    private readonly List<PemFault> _faults = [];

    /// <summary>Number of different keys.</summary>
    public int Count => _keys.Count;

    /// <summary>What could not be used of the files.</summary>
    public IReadOnlyList<PemFault> Faults => _faults;

    /// <summary>Reads a PEM file with any number of keys.</summary>
    public static RsaPrivateKeys Parse(ReadOnlySpan<char> pem)
    {
        var keys = new RsaPrivateKeys();
        keys.Add(pem);
        return keys;
    }

    /// <summary>
    /// Adds the keys of one more PEM file. What is no RSA private key becomes a fault; certificates and parameters
    /// beside a key are passed over. Not while connections are decoded.
    /// </summary>
    public void Add(ReadOnlySpan<char> pem)
    {
        foreach (var block in PemBlock.Read(pem))
        {
            if (RsaPrivateKey.Read(block, out var key) is { } reason) _faults.Add(new PemFault(block.Line, reason));
            else if (key is not null && Find(key.Modulus) is null) _keys.Add(key);
        }
    }

    /// <summary>The key of a modulus, or null.</summary>
    internal RsaPrivateKey? Find(BigInteger modulus) => _keys.Find(key => key.Modulus.Equals(modulus));
}
