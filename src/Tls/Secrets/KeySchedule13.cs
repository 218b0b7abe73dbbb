using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>From the traffic secrets of TLS 1.3 to record protection and verify_data.</summary>
/// <remarks>RFC 8446, Sections 4.4.4 and 7. All with managed primitives.</remarks>
public static class KeySchedule13
{
    private const int AeadIvLength = 12;

    /// <summary>The record protection that a traffic secret gives.</summary>
    /// <param name="suite">The negotiated suite (for early data, the suite of the pre-shared key).</param>
    /// <param name="trafficSecret">An early, handshake or application traffic secret.</param>
    /// <returns>Null if it is no suite of TLS 1.3 or its cipher has no managed code here.</returns>
    public static RecordProtection? Protection(CipherSuiteInfo suite, ReadOnlySpan<byte> trafficSecret)
    {
        if (suite.KeyExchange != KeyExchangeAlgorithm.Tls13) return null;
        var (key, iv) = TrafficKeys(suite, trafficSecret);
        return AeadPrimitive.TryCreate(suite, key) is { } aead ? new AeadProtection13(aead, iv) : null;
    }

    /// <summary>The write key and write IV of a traffic secret.</summary>
    public static (byte[] Key, byte[] Iv) TrafficKeys(CipherSuiteInfo suite, ReadOnlySpan<byte> trafficSecret)
    {
        // RFC 8446, Section 7.3; RFC 9150, Section 6: without a cipher both are as long as the hash.
        var (keyLength, ivLength) = suite.Mode == CipherMode.Null
            ? (Digests.Size(suite.PrfHash), Digests.Size(suite.PrfHash))
            : (suite.KeyLength, AeadIvLength);
        var secret = Digests.Hmac(suite.PrfHash, trafficSecret);
        return (Hkdf.ExpandLabel(secret, "key", [], keyLength), Hkdf.ExpandLabel(secret, "iv", [], ivLength));
    }

    /// <summary>The application traffic secret that follows a KeyUpdate.</summary>
    public static byte[] NextTrafficSecret(CipherSuiteInfo suite, ReadOnlySpan<byte> trafficSecret) =>
        // RFC 8446, Section 7.2
        Hkdf.ExpandLabel(suite.PrfHash, trafficSecret, "traffic upd", [], Digests.Size(suite.PrfHash));

    /// <summary>The verify_data that a Finished must hold.</summary>
    /// <param name="suite">The negotiated suite.</param>
    /// <param name="baseKey">The handshake traffic secret of the sender.</param>
    /// <param name="transcript">All handshake messages before this Finished.</param>
    public static byte[] VerifyData(CipherSuiteInfo suite, ReadOnlySpan<byte> baseKey, Transcript transcript)
    {
        // RFC 8446, Section 4.4.4
        var finishedKey = Hkdf.ExpandLabel(suite.PrfHash, baseKey, "finished", [], Digests.Size(suite.PrfHash));
        return Hkdf.Extract(suite.PrfHash, finishedKey, transcript.Hash(suite.PrfHash));
    }
}
