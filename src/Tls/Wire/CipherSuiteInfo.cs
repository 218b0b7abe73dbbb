namespace TlsInterop.Tls.Wire;

/// <summary>How a suite agrees on the premaster secret. TLS 1.3 suites leave that open.</summary>
public enum KeyExchangeAlgorithm
{
    Tls13, Null, Rsa, Dh, Dhe, Ecdh, Ecdhe, Psk, RsaPsk, DhePsk, EcdhePsk, Srp, Krb5, Gost, Other,
}

/// <summary>What a suite signs or authenticates the server with. TLS 1.3 suites leave that open.</summary>
public enum AuthenticationAlgorithm { Tls13, Null, Anon, Rsa, Dss, Ecdsa, Psk, Srp, Krb5, Gost, Other }

/// <summary>How the bulk cipher of a suite is used.</summary>
public enum CipherMode { Null, Stream, Cbc, Gcm, Ccm, Ccm8, ChaCha20Poly1305, Other }

/// <summary>One row of the cipher suite registry with the parts that the name stands for.</summary>
/// <param name="Code">Code point.</param>
/// <param name="Name">IANA name without its <c>TLS_</c> prefix.</param>
/// <param name="KeyExchange">Key exchange.</param>
/// <param name="Authentication">Authentication of the server.</param>
/// <param name="Cipher">
/// Bulk cipher without its mode: <c>AES_128</c>, <c>3DES_EDE</c>, <c>CHACHA20</c>, <c>NULL</c>.
/// </param>
/// <param name="Mode">Mode of the bulk cipher.</param>
/// <param name="KeyLength">Length of one write key in octets.</param>
/// <param name="BlockLength">Block length of a CBC cipher in octets, else 0.</param>
/// <param name="FixedIvLength">
/// Octets of the implicit nonce part of an AEAD cipher (4 for GCM and CCM in TLS 1.2, 12 otherwise), else 0.
/// </param>
/// <param name="MacHash">
/// Hash of the record HMAC of a non-AEAD suite: <c>MD5</c>, <c>SHA1</c>, <c>SHA256</c>, <c>SHA384</c>; else null.
/// </param>
/// <param name="PrfHash">Hash of the PRF in TLS 1.2 and of HKDF in TLS 1.3: <c>SHA256</c> or <c>SHA384</c>.</param>
/// <param name="OpenSsl">OpenSSL's name, or null if it has none.</param>
/// <param name="GnuTls">GnuTLS' name as <c>gnutls-cli --list</c> prints it, or null if it has none.</param>
public sealed record CipherSuiteInfo(
    ushort Code,
    string Name,
    KeyExchangeAlgorithm KeyExchange,
    AuthenticationAlgorithm Authentication,
    string Cipher,
    CipherMode Mode,
    int KeyLength,
    int BlockLength,
    int FixedIvLength,
    string? MacHash,
    string PrfHash,
    string? OpenSsl,
    string? GnuTls)
{
    /// <summary>The last code point of SSL 3.0, whose suites JSSE still calls by that name.</summary>
    private const ushort LastOfSsl3 = 0x001b;

    /// <summary>IANA's name, which is NSS' too.</summary>
    public string IanaName => $"TLS_{Name}";

    /// <summary>JSSE's name: IANA's, but with the prefix <c>SSL_</c> for suites that are as old as SSL 3.0.</summary>
    public string Jsse => Code <= LastOfSsl3 ? $"SSL_{Name}" : IanaName;

    /// <summary>What the IETF thinks of the suite.</summary>
    public Recommendation Recommendation => CipherSuites.RecommendationOf(Code);

    /// <summary>Octets of an AEAD's tag, or of the HMAC of RFC 9150's suites, in a record; else 0.</summary>
    public int TagLength =>
        Mode == CipherMode.Ccm8 ? 8
        : IsAead ? 16
        : KeyExchange == KeyExchangeAlgorithm.Tls13 ? MacLength
        : 0;

    /// <summary>Octets of the record HMAC of a non-AEAD suite; else 0.</summary>
    public int MacLength => MacHash switch { "MD5" => 16, "SHA1" => 20, "SHA256" => 32, "SHA384" => 48, _ => 0 };

    /// <summary>True if the record protection is an AEAD.</summary>
    public bool IsAead => Mode is CipherMode.Gcm or CipherMode.Ccm or CipherMode.Ccm8 or CipherMode.ChaCha20Poly1305;

    /// <summary>
    /// The oldest version that may use the suite. AEAD and SHA-2 suites need TLS 1.2 (RFC 5246, Section 1.2).
    /// </summary>
    public ProtocolVersion OldestVersion =>
        KeyExchange == KeyExchangeAlgorithm.Tls13 ? ProtocolVersion.Tls13
        : IsAead || MacHash is "SHA256" or "SHA384" ? ProtocolVersion.Tls12
        : ProtocolVersion.Ssl3;

    /// <summary>The newest version that may use the suite.</summary>
    public ProtocolVersion NewestVersion =>
        KeyExchange == KeyExchangeAlgorithm.Tls13 ? ProtocolVersion.Tls13 : ProtocolVersion.Tls12;
}
