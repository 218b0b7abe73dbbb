using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>From a master secret to record protection and verify_data, SSL 3.0 to TLS 1.2.</summary>
/// <remarks>
/// RFC 2246, RFC 4346 and RFC 5246, Sections 6.3, 7.4.9 and 8.1; RFC 6101 for SSL 3.0. All with managed primitives.
/// </remarks>
public static class KeySchedule12
{
    private const int VerifyDataLength = 12;
    private const int MasterSecretLength = 48;

    /// <summary>The record protections that ChangeCipherSpec switches on.</summary>
    /// <param name="version">The negotiated version, SSL 3.0 to TLS 1.2.</param>
    /// <param name="suite">The negotiated suite.</param>
    /// <param name="masterSecret">The master secret, 48 octets.</param>
    /// <param name="clientRandom">Random of this connection's ClientHello.</param>
    /// <param name="serverRandom">Random of this connection's ServerHello.</param>
    /// <param name="encryptThenMac">
    /// True if the extension of RFC 7366 was agreed; it only matters for CBC suites.
    /// </param>
    /// <param name="random">Where the IVs of what is sealed come from; null for the usual generator.</param>
    /// <returns>
    /// Null if the version or the cipher has no managed code here; <see cref="UncoveredSuites"/> says why.
    /// </returns>
    public static ProtectionPair? Protections(
        ProtocolVersion version,
        CipherSuiteInfo suite,
        ReadOnlySpan<byte> masterSecret,
        ReadOnlySpan<byte> clientRandom,
        ReadOnlySpan<byte> serverRandom,
        bool encryptThenMac,
        SecureRandom? random = null)
    {
        if (!Covers(version, suite)) return null;
        var keys = KeyBlock12.Derive(version, suite, masterSecret, clientRandom, serverRandom);
        var client = Protection(version, suite, keys.ClientMacKey, keys.ClientKey, keys.ClientIv, encryptThenMac,
            random);
        var server = Protection(version, suite, keys.ServerMacKey, keys.ServerKey, keys.ServerIv, encryptThenMac,
            random);
        return client is null || server is null ? null : new ProtectionPair(client, server);
    }

    /// <summary>The master secret of a premaster secret.</summary>
    public static byte[] MasterSecret(
        ProtocolVersion version,
        CipherSuiteInfo suite,
        ReadOnlySpan<byte> premasterSecret,
        ReadOnlySpan<byte> clientRandom,
        ReadOnlySpan<byte> serverRandom) =>
        // RFC 5246, Section 8.1; RFC 6101, Section 6.1
        version == ProtocolVersion.Ssl3 ? Ssl3.Derive(premasterSecret, clientRandom, serverRandom, MasterSecretLength)
        : Prf.Compute(
            version, suite.PrfHash, premasterSecret, "master secret", [.. clientRandom, .. serverRandom],
            MasterSecretLength);

    /// <summary>The master secret where extended_master_secret was agreed.</summary>
    /// <param name="version">The negotiated version.</param>
    /// <param name="suite">The negotiated suite.</param>
    /// <param name="premasterSecret">The premaster secret.</param>
    /// <param name="transcript">The handshake up to and including ClientKeyExchange.</param>
    public static byte[] ExtendedMasterSecret(
        ProtocolVersion version, CipherSuiteInfo suite, ReadOnlySpan<byte> premasterSecret, Transcript transcript) =>
        // RFC 7627, Sections 3 and 4
        Prf.Compute(
            version, suite.PrfHash, premasterSecret, "extended master secret",
            HandshakeHash(version, suite, transcript), MasterSecretLength);

    /// <summary>The verify_data that a Finished must hold: 12 octets, in SSL 3.0 both hashes with 36.</summary>
    /// <param name="version">The negotiated version, SSL 3.0 to TLS 1.2.</param>
    /// <param name="suite">The negotiated suite.</param>
    /// <param name="masterSecret">The master secret.</param>
    /// <param name="sender">Who sends the Finished.</param>
    /// <param name="transcript">All handshake messages before this Finished.</param>
    public static byte[] VerifyData(
        ProtocolVersion version, CipherSuiteInfo suite, ReadOnlySpan<byte> masterSecret, Direction sender,
        Transcript transcript)
    {
        if (version == ProtocolVersion.Ssl3) return Ssl3.VerifyData(masterSecret, sender, transcript);

        // RFC 5246, Section 7.4.9
        var label = sender == Direction.ClientToServer ? "client finished" : "server finished";
        var seed = HandshakeHash(version, suite, transcript);
        return Prf.Compute(version, suite.PrfHash, masterSecret, label, seed, VerifyDataLength);
    }

    // RFC 2246, Section 7.4.9: MD5 and SHA-1 side by side; RFC 5246, Section 7.4.9: the PRF's hash.
    private static byte[] HandshakeHash(ProtocolVersion version, CipherSuiteInfo suite, Transcript transcript) =>
        version >= ProtocolVersion.Tls12
            ? transcript.Hash(suite.PrfHash)
            : [.. transcript.Hash("MD5"), .. transcript.Hash("SHA1")];

    private static bool Covers(ProtocolVersion version, CipherSuiteInfo suite) =>
        version >= ProtocolVersion.Ssl3 && version <= ProtocolVersion.Tls12
        && suite.KeyExchange != KeyExchangeAlgorithm.Tls13
        // An AEAD has no place in the records of older versions. CBC suites with SHA-2 have: RFC 5487, Section 3,
        // and peers that do so by mistake use the MAC that the suite names.
        && (!suite.IsAead || version == ProtocolVersion.Tls12);

    private static RecordProtection? Protection(
        ProtocolVersion version, CipherSuiteInfo suite, byte[] macKey, byte[] key, byte[] iv, bool encryptThenMac,
        SecureRandom? random)
    {
        if (suite.IsAead)
            return AeadPrimitive.TryCreate(suite, key) is { } aead ? new AeadProtection12(aead, iv) : null;
        if (suite.MacHash is null) return null;

        var mac = new RecordMac(version, suite.MacHash, macKey);
        if (suite.Mode == CipherMode.Cbc)
        {
            var chainedIv = version <= ProtocolVersion.Tls10 ? iv : null;
            return CipherEngines.Find(suite.Cipher) is { } engine
                ? new CbcProtection(version, engine, suite.BlockLength, key, mac, chainedIv, encryptThenMac, random)
                : null;
        }
        if (suite.Mode == CipherMode.Null) return new StreamProtection(null, mac);
        if (suite.Mode != CipherMode.Stream) return null;

        var rc4 = new RC4Engine();
        rc4.Init(forEncryption: true, new KeyParameter(key));
        return new StreamProtection(rc4, mac);
    }
}
