namespace TlsInterop.Tls.Wire;

/// <summary>Takes an IANA cipher suite name apart: <c>key exchange _WITH_ cipher _ hash</c>.</summary>
/// <remarks>RFC 5246, Appendix C; RFC 8446, Appendix B.4 for names without <c>_WITH_</c>.</remarks>
internal static class CipherSuiteName
{
    private readonly record struct KeyPart(KeyExchangeAlgorithm KeyExchange, AuthenticationAlgorithm Authentication);

    private readonly record struct CipherPart(
        string Prefix, string Cipher, CipherMode Mode, int KeyLength, int BlockLength);

    private static readonly Dictionary<string, KeyPart> KeyParts = new(StringComparer.Ordinal)
    {
        ["NULL"] = new(KeyExchangeAlgorithm.Null, AuthenticationAlgorithm.Null),
        ["RSA"] = new(KeyExchangeAlgorithm.Rsa, AuthenticationAlgorithm.Rsa),
        ["RSA_EXPORT"] = new(KeyExchangeAlgorithm.Rsa, AuthenticationAlgorithm.Rsa),
        ["RSA_EXPORT1024"] = new(KeyExchangeAlgorithm.Rsa, AuthenticationAlgorithm.Rsa),
        ["DH_DSS"] = new(KeyExchangeAlgorithm.Dh, AuthenticationAlgorithm.Dss),
        ["DH_DSS_EXPORT"] = new(KeyExchangeAlgorithm.Dh, AuthenticationAlgorithm.Dss),
        ["DH_RSA"] = new(KeyExchangeAlgorithm.Dh, AuthenticationAlgorithm.Rsa),
        ["DH_RSA_EXPORT"] = new(KeyExchangeAlgorithm.Dh, AuthenticationAlgorithm.Rsa),
        ["DHE_DSS"] = new(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Dss),
        ["DHE_DSS_EXPORT"] = new(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Dss),
        ["DHE_DSS_EXPORT1024"] = new(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Dss),
        ["DHE_RSA"] = new(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Rsa),
        ["DHE_RSA_EXPORT"] = new(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Rsa),
        ["DH_anon"] = new(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Anon),
        ["DH_anon_EXPORT"] = new(KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Anon),
        ["ECDH_ECDSA"] = new(KeyExchangeAlgorithm.Ecdh, AuthenticationAlgorithm.Ecdsa),
        ["ECDH_RSA"] = new(KeyExchangeAlgorithm.Ecdh, AuthenticationAlgorithm.Rsa),
        ["ECDH_anon"] = new(KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Anon),
        ["ECDHE_ECDSA"] = new(KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Ecdsa),
        ["ECDHE_RSA"] = new(KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Rsa),
        ["PSK"] = new(KeyExchangeAlgorithm.Psk, AuthenticationAlgorithm.Psk),
        ["RSA_PSK"] = new(KeyExchangeAlgorithm.RsaPsk, AuthenticationAlgorithm.Rsa),
        ["DHE_PSK"] = new(KeyExchangeAlgorithm.DhePsk, AuthenticationAlgorithm.Psk),
        // RFC 6655, Section 6: spelt so there
        ["PSK_DHE"] = new(KeyExchangeAlgorithm.DhePsk, AuthenticationAlgorithm.Psk),
        ["ECDHE_PSK"] = new(KeyExchangeAlgorithm.EcdhePsk, AuthenticationAlgorithm.Psk),
        ["SRP_SHA"] = new(KeyExchangeAlgorithm.Srp, AuthenticationAlgorithm.Srp),
        ["SRP_SHA_RSA"] = new(KeyExchangeAlgorithm.Srp, AuthenticationAlgorithm.Rsa),
        ["SRP_SHA_DSS"] = new(KeyExchangeAlgorithm.Srp, AuthenticationAlgorithm.Dss),
        ["KRB5"] = new(KeyExchangeAlgorithm.Krb5, AuthenticationAlgorithm.Krb5),
        ["KRB5_EXPORT"] = new(KeyExchangeAlgorithm.Krb5, AuthenticationAlgorithm.Krb5),
        ["GOSTR341094"] = new(KeyExchangeAlgorithm.Gost, AuthenticationAlgorithm.Gost),
        ["GOSTR341001"] = new(KeyExchangeAlgorithm.Gost, AuthenticationAlgorithm.Gost),
        ["GOSTR341112_256"] = new(KeyExchangeAlgorithm.Gost, AuthenticationAlgorithm.Gost),
        ["ECCPWD"] = new(KeyExchangeAlgorithm.Other, AuthenticationAlgorithm.Other),
    };

    // The first row whose prefix fits. Export ciphers: the length of the final write key (RFC 2246, Section 6.3.1).
    private static readonly CipherPart[] CipherParts =
    [
        new("NULL", "NULL", CipherMode.Null, 0, 0),
        new("RC4_128", "RC4_128", CipherMode.Stream, 16, 0),
        new("RC4_56", "RC4_56", CipherMode.Stream, 16, 0),
        new("RC4_40", "RC4_40", CipherMode.Stream, 16, 0),
        new("RC2_CBC_40", "RC2_40", CipherMode.Cbc, 16, 8),
        new("IDEA_CBC", "IDEA", CipherMode.Cbc, 16, 8),
        new("DES40_CBC", "DES40", CipherMode.Cbc, 8, 8),
        new("DES_CBC_40", "DES40", CipherMode.Cbc, 8, 8),
        new("DES_CBC", "DES", CipherMode.Cbc, 8, 8),
        new("3DES_EDE_CBC", "3DES_EDE", CipherMode.Cbc, 24, 8),
        new("SEED_CBC", "SEED", CipherMode.Cbc, 16, 16),
        new("AES_128_CBC", "AES_128", CipherMode.Cbc, 16, 16),
        new("AES_256_CBC", "AES_256", CipherMode.Cbc, 32, 16),
        new("AES_128_GCM", "AES_128", CipherMode.Gcm, 16, 0),
        new("AES_256_GCM", "AES_256", CipherMode.Gcm, 32, 0),
        new("AES_128_CCM_8", "AES_128", CipherMode.Ccm8, 16, 0),
        new("AES_256_CCM_8", "AES_256", CipherMode.Ccm8, 32, 0),
        new("AES_128_CCM", "AES_128", CipherMode.Ccm, 16, 0),
        new("AES_256_CCM", "AES_256", CipherMode.Ccm, 32, 0),
        new("CAMELLIA_128_CBC", "CAMELLIA_128", CipherMode.Cbc, 16, 16),
        new("CAMELLIA_256_CBC", "CAMELLIA_256", CipherMode.Cbc, 32, 16),
        new("CAMELLIA_128_GCM", "CAMELLIA_128", CipherMode.Gcm, 16, 0),
        new("CAMELLIA_256_GCM", "CAMELLIA_256", CipherMode.Gcm, 32, 0),
        new("ARIA_128_CBC", "ARIA_128", CipherMode.Cbc, 16, 16),
        new("ARIA_256_CBC", "ARIA_256", CipherMode.Cbc, 32, 16),
        new("ARIA_128_GCM", "ARIA_128", CipherMode.Gcm, 16, 0),
        new("ARIA_256_GCM", "ARIA_256", CipherMode.Gcm, 32, 0),
        new("CHACHA20_POLY1305", "CHACHA20", CipherMode.ChaCha20Poly1305, 32, 0),
        new("SM4_GCM", "SM4", CipherMode.Gcm, 16, 0),
        new("SM4_CCM", "SM4", CipherMode.Ccm, 16, 0),
        new("AEGIS_256", "AEGIS_256", CipherMode.Other, 32, 0),
        new("AEGIS_128L", "AEGIS_128L", CipherMode.Other, 16, 0),
        new("SHA256", "NULL", CipherMode.Null, 0, 0), // RFC 9150: an HMAC and no cipher
        new("SHA384", "NULL", CipherMode.Null, 0, 0),
        new("28147_CNT_IMIT", "28147", CipherMode.Other, 32, 0),
        new("KUZNYECHIK_CTR_OMAC", "KUZNYECHIK", CipherMode.Other, 32, 0),
        new("MAGMA_CTR_OMAC", "MAGMA", CipherMode.Other, 32, 0),
        new("KUZNYECHIK_MGM", "KUZNYECHIK", CipherMode.Other, 32, 0),
        new("MAGMA_MGM", "MAGMA", CipherMode.Other, 32, 0),
    ];

    private static readonly CipherPart NoCipher = new("", "NULL", CipherMode.Null, 0, 0);

    /// <summary>Builds the row of a name. A part that no table knows becomes <c>Other</c>.</summary>
    public static CipherSuiteInfo Parse(ushort code, string name, string? openSsl, string? gnuTls)
    {
        if (name.EndsWith("_SCSV", StringComparison.Ordinal)) // RFC 5746, RFC 7507: a signal, no suite
            return Row(KeyParts["NULL"], NoCipher, macHash: null, prfHash: "SHA256");

        var with = name.IndexOf("_WITH_", StringComparison.Ordinal);
        var rest = with < 0 ? name : name[(with + 6)..];
        var cipher = CipherParts.FirstOrDefault(part => rest.StartsWith(part.Prefix, StringComparison.Ordinal));
        if (cipher.Prefix is null) cipher = new(rest, rest, CipherMode.Other, 0, 0);

        // RFC 9367: the TLS 1.3 GOST suites have _WITH_ too.
        var tls13 = with < 0 || rest.Contains("_MGM_", StringComparison.Ordinal);
        var key = tls13 ? new(KeyExchangeAlgorithm.Tls13, AuthenticationAlgorithm.Tls13)
            : KeyParts.GetValueOrDefault(name[..with], new(KeyExchangeAlgorithm.Other, AuthenticationAlgorithm.Other));

        // RFC 5246, Section 5: SHA-256 unless the suite names a stronger one; older hashes only serve the record MAC.
        var hash = rest[cipher.Prefix.Length..].TrimStart('_');
        if (cipher.Prefix is "SHA256" or "SHA384") hash = cipher.Prefix;
        var mac = cipher.Mode is CipherMode.Null or CipherMode.Stream or CipherMode.Cbc
            ? hash switch { "SHA" => "SHA1", "MD5" or "SHA256" or "SHA384" => hash, _ => null }
            : null;
        return Row(key, cipher, mac, hash is "SHA384" or "SHA512" or "SM3" ? hash : "SHA256");

        CipherSuiteInfo Row(KeyPart key, CipherPart cipher, string? macHash, string prfHash) => new(
            code, name, key.KeyExchange, key.Authentication, cipher.Cipher, cipher.Mode, cipher.KeyLength,
            cipher.BlockLength, FixedIvLength(cipher.Mode, key.KeyExchange), macHash, prfHash, openSsl, gnuTls);
    }

    // RFC 5288, Section 3; RFC 6655, Section 3; RFC 7905, Section 2; RFC 8446, Section 5.3
    private static int FixedIvLength(CipherMode mode, KeyExchangeAlgorithm keyExchange) => mode switch
    {
        CipherMode.ChaCha20Poly1305 => 12,
        CipherMode.Gcm or CipherMode.Ccm or CipherMode.Ccm8 => keyExchange == KeyExchangeAlgorithm.Tls13 ? 12 : 4,
        _ => 0,
    };
}
