using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>From the traffic secrets of TLS 1.3 to record protection and verify_data.</summary>
/// <remarks>RFC 8446, Sections 4.4.4 and 7. All with managed primitives.</remarks>
public static class KeySchedule13
{
    private const int AeadIvLength = 12;

    // draft-ietf-tls-tls13-20 gave the labels their prefix, and traffic secrets of updates theirs; from
    // draft-ietf-tls-tls13-25 on the header of a record is additional data.
    private static readonly ProtocolVersion Draft20 = new(0x7f14);
    private static readonly ProtocolVersion Draft25 = new(0x7f19);

    /// <summary>The record protection that a traffic secret gives.</summary>
    /// <param name="suite">The negotiated suite (for early data, the suite of the pre-shared key).</param>
    /// <param name="trafficSecret">An early, handshake or application traffic secret.</param>
    /// <param name="version">TLS 1.3, or one of its drafts from 18 on.</param>
    /// <returns>
    /// Null if it is no suite of TLS 1.3, its cipher has no managed code here, or the version is an experiment.
    /// </returns>
    public static RecordProtection? Protection(
        CipherSuiteInfo suite, ReadOnlySpan<byte> trafficSecret, ProtocolVersion? version = null)
    {
        if (suite.KeyExchange != KeyExchangeAlgorithm.Tls13 || version is { IsExperiment: true }) return null;
        var (key, iv) = TrafficKeys(suite, trafficSecret, version);
        return AeadPrimitive.TryCreate(suite, key) is { } aead
            ? new AeadProtection13(aead, iv, hasAdditionalData: !IsBefore(Draft25, version))
            : null;
    }

    /// <summary>The write key and write IV of a traffic secret.</summary>
    public static (byte[] Key, byte[] Iv) TrafficKeys(
        CipherSuiteInfo suite, ReadOnlySpan<byte> trafficSecret, ProtocolVersion? version = null)
    {
        // RFC 8446, Section 7.3; RFC 9150, Section 6: without a cipher both are as long as the hash.
        var (keyLength, ivLength) = suite.Mode == CipherMode.Null
            ? (Digests.Size(suite.PrfHash), Digests.Size(suite.PrfHash))
            : (suite.KeyLength, AeadIvLength);
        var secret = Digests.Hmac(suite.PrfHash, trafficSecret);
        var prefix = Prefix(version);
        return (
            Hkdf.ExpandLabel(secret, "key", [], keyLength, prefix),
            Hkdf.ExpandLabel(secret, "iv", [], ivLength, prefix));
    }

    /// <summary>The application traffic secret that follows a KeyUpdate.</summary>
    public static byte[] NextTrafficSecret(
        CipherSuiteInfo suite, ReadOnlySpan<byte> trafficSecret, ProtocolVersion? version = null) =>
        // RFC 8446, Section 7.2
        Expand(
            suite, trafficSecret, IsBefore(Draft20, version) ? "application traffic secret" : "traffic upd",
            Digests.Size(suite.PrfHash), version);

    /// <summary>The verify_data that a Finished must hold.</summary>
    /// <param name="suite">The negotiated suite.</param>
    /// <param name="baseKey">The handshake traffic secret of the sender.</param>
    /// <param name="transcript">All handshake messages before this Finished.</param>
    /// <param name="version">TLS 1.3, or one of its drafts from 18 on.</param>
    public static byte[] VerifyData(
        CipherSuiteInfo suite, ReadOnlySpan<byte> baseKey, Transcript transcript, ProtocolVersion? version = null)
    {
        // RFC 8446, Section 4.4.4
        var finishedKey = Expand(suite, baseKey, "finished", Digests.Size(suite.PrfHash), version);
        return Hkdf.Extract(suite.PrfHash, finishedKey, transcript.Hash(suite.PrfHash));
    }

    private static byte[] Expand(
        CipherSuiteInfo suite, ReadOnlySpan<byte> secret, string label, int length, ProtocolVersion? version) =>
        Hkdf.ExpandLabel(suite.PrfHash, secret, label, [], length, Prefix(version));

    private static string Prefix(ProtocolVersion? version) =>
        IsBefore(Draft20, version) ? Hkdf.OldPrefix : Hkdf.Prefix;

    private static bool IsBefore(ProtocolVersion draft, ProtocolVersion? version) =>
        version is { Code: >= 0x7f00 } own && own < draft;
}
