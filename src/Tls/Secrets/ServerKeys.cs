using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// The public keys that servers showed, so that a private key that fits nothing can be told. For any thread.
/// </summary>
internal sealed class ServerKeys(RsaPrivateKeys privateKeys)
{
    private const int MostKeys = 1000;

    private static readonly Dictionary<DerObjectIdentifier, string> OtherKinds = new()
    {
        [PkcsObjectIdentifiers.IdRsassaPss] = "RSASSA-PSS",
        [X9ObjectIdentifiers.IdECPublicKey] = "EC",
        [X9ObjectIdentifiers.IdDsa] = "DSA",
    };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SeenServerKey> _seen = new(StringComparer.Ordinal);

    /// <summary>The keys so far, at most a thousand.</summary>
    public IReadOnlyList<SeenServerKey> Seen
    {
        get { lock (_lock) return [.. _seen.Values]; }
    }

    /// <summary>Counts a handshake.</summary>
    /// <param name="certificate">The server's certificate in DER; foreign bytes never throw.</param>
    /// <param name="isRsaKeyExchange">True if the premaster secret is encrypted for the key.</param>
    /// <returns>The private key, if it is at hand.</returns>
    public RsaPrivateKey? Meet(ReadOnlySpan<byte> certificate, bool isRsaKeyExchange)
    {
        try
        {
            var structure = X509CertificateStructure.GetInstance(certificate.ToArray());
            var info = structure.SubjectPublicKeyInfo;
            var algorithm = KeyAlgorithm.Of(info).Algorithm;
            var kind = OtherKinds.GetValueOrDefault(algorithm, algorithm.Id);
            RsaPrivateKey? key = null;
            if (algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            {
                var rsa = RsaPublicKeyStructure.GetInstance(info.ParsePublicKey());
                kind = $"RSA {rsa.Modulus.BitLength}";
                key = privateKeys.Find(rsa.Modulus);
            }
            var fingerprint = Convert.ToHexStringLower(Digests.Hash("SHA256", info.GetDerEncoded()));
            Count(new(structure.Subject.ToString(), kind, fingerprint, key is not null, 0, 0), isRsaKeyExchange);
            return key;
        }
        catch (Exception)
        {
            // The ASN.1 code has many kinds of exceptions for what is no certificate: it fits no key.
            return null;
        }
    }

    private void Count(SeenServerKey met, bool isRsaKeyExchange)
    {
        lock (_lock)
        {
            if (!_seen.TryGetValue(met.Fingerprint, out var known))
            {
                if (_seen.Count == MostKeys) return;
                known = met;
            }
            _seen[met.Fingerprint] = isRsaKeyExchange
                ? known with { RsaKeyExchanges = known.RsaKeyExchanges + 1 }
                : known with { OtherKeyExchanges = known.OtherKeyExchanges + 1 };
        }
    }
}
