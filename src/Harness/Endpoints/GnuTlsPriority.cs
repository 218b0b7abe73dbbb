using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>A suite as GnuTLS' priority strings take it: in parts, each of which is enabled by itself.</summary>
/// <remarks>GnuTLS manual, "Priority Strings".</remarks>
public static class GnuTlsPriority
{
    private static readonly Dictionary<(KeyExchangeAlgorithm, AuthenticationAlgorithm), string> KeyExchanges = new()
    {
        [(KeyExchangeAlgorithm.Rsa, AuthenticationAlgorithm.Rsa)] = "RSA",
        [(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Rsa)] = "DHE-RSA",
        [(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Dss)] = "DHE-DSS",
        [(KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Rsa)] = "ECDHE-RSA",
        [(KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Ecdsa)] = "ECDHE-ECDSA",
        [(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Anon)] = "ANON-DH",
        [(KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Anon)] = "ANON-ECDH",
    };

    private static readonly Dictionary<string, string> Ciphers = new()
    {
        ["AES_128"] = "AES-128",
        ["AES_256"] = "AES-256",
        ["CAMELLIA_128"] = "CAMELLIA-128",
        ["CAMELLIA_256"] = "CAMELLIA-256",
        ["3DES_EDE"] = "3DES",
        ["RC4_128"] = "ARCFOUR-128",
        ["CHACHA20"] = "CHACHA20",
        ["NULL"] = "NULL",
    };

    private static readonly Dictionary<CipherMode, string> Modes = new()
    {
        [CipherMode.Cbc] = "-CBC",
        [CipherMode.Gcm] = "-GCM",
        [CipherMode.Ccm] = "-CCM",
        [CipherMode.Ccm8] = "-CCM-8",
        [CipherMode.ChaCha20Poly1305] = "-POLY1305",
        [CipherMode.Stream] = "",
        [CipherMode.Null] = "",
    };

    /// <summary><c>+ECDHE-RSA:+AES-128-GCM:+AEAD</c>, or null for a suite that GnuTLS has no parts for.</summary>
    public static string? OfSuite(CipherSuiteInfo suite)
    {
        if (suite.GnuTls is null || !Ciphers.TryGetValue(suite.Cipher, out var cipher)
            || !Modes.TryGetValue(suite.Mode, out var mode))
            return null;
        var protection = $"+{cipher}{mode}:+{(suite.IsAead ? "AEAD" : suite.MacHash)}";
        // The key exchange of TLS 1.3 is in no suite: its groups and signatures decide.
        if (suite.KeyExchange == KeyExchangeAlgorithm.Tls13) return protection;
        return KeyExchanges.TryGetValue((suite.KeyExchange, suite.Authentication), out var exchange)
            ? $"+{exchange}:{protection}"
            : null;
    }
}
