using static TlsInterop.Tls.Wire.SignatureAlgorithm;

namespace TlsInterop.Tls.Wire;

/// <summary>The registry of signature schemes. OpenSSL takes the same names in <c>-sigalgs</c>.</summary>
/// <remarks>
/// IANA, "TLS SignatureScheme"; RFC 8446, Section 4.2.3; RFC 5246, Section 7.4.1.4.1; RFC 8734 (brainpool); RFC 8998
/// (SM2); RFC 9189, RFC 9367 (GOST); draft-ietf-tls-mldsa; draft-reddy-tls-slhdsa.
/// </remarks>
public static class SignatureSchemes
{
    private static readonly SignatureSchemeInfo[] Rows =
    [
        new(0x0101, "rsa_pkcs1_md5", RsaPkcs1, "MD5", "RSA-MD5"),
        new(0x0201, "rsa_pkcs1_sha1", RsaPkcs1, "SHA1", "RSA-SHA1"),
        new(0x0202, "dsa_sha1", Dsa, "SHA1", "DSA-SHA1"),
        new(0x0203, "ecdsa_sha1", Ecdsa, "SHA1", "ECDSA-SHA1"),
        new(0x0301, "rsa_pkcs1_sha224", RsaPkcs1, "SHA224", "RSA-SHA224"),
        new(0x0302, "dsa_sha224", Dsa, "SHA224", "DSA-SHA224"),
        new(0x0303, "ecdsa_sha224", Ecdsa, "SHA224", "ECDSA-SHA224"),
        new(0x0401, "rsa_pkcs1_sha256", RsaPkcs1, "SHA256", "RSA-SHA256"),
        new(0x0402, "dsa_sha256", Dsa, "SHA256", "DSA-SHA256"),
        new(0x0403, "ecdsa_secp256r1_sha256", Ecdsa, "SHA256", "ECDSA-SECP256R1-SHA256"),
        new(0x0420, "rsa_pkcs1_sha256_legacy", RsaPkcs1, "SHA256"),
        new(0x0501, "rsa_pkcs1_sha384", RsaPkcs1, "SHA384", "RSA-SHA384"),
        new(0x0502, "dsa_sha384", Dsa, "SHA384", "DSA-SHA384"),
        new(0x0503, "ecdsa_secp384r1_sha384", Ecdsa, "SHA384", "ECDSA-SECP384R1-SHA384"),
        new(0x0520, "rsa_pkcs1_sha384_legacy", RsaPkcs1, "SHA384"),
        new(0x0601, "rsa_pkcs1_sha512", RsaPkcs1, "SHA512", "RSA-SHA512"),
        new(0x0602, "dsa_sha512", Dsa, "SHA512", "DSA-SHA512"),
        new(0x0603, "ecdsa_secp521r1_sha512", Ecdsa, "SHA512", "ECDSA-SECP521R1-SHA512"),
        new(0x0620, "rsa_pkcs1_sha512_legacy", RsaPkcs1, "SHA512"),
        new(0x0708, "sm2sig_sm3", Sm2, "SM3"),
        new(0x0709, "gostr34102012_256a", Gost, null),
        new(0x070a, "gostr34102012_256b", Gost, null),
        new(0x070b, "gostr34102012_256c", Gost, null),
        new(0x070c, "gostr34102012_256d", Gost, null),
        new(0x070d, "gostr34102012_512a", Gost, null),
        new(0x070e, "gostr34102012_512b", Gost, null),
        new(0x070f, "gostr34102012_512c", Gost, null),
        new(0x0804, "rsa_pss_rsae_sha256", RsaPssRsae, "SHA256", "RSA-PSS-RSAE-SHA256"),
        new(0x0805, "rsa_pss_rsae_sha384", RsaPssRsae, "SHA384", "RSA-PSS-RSAE-SHA384"),
        new(0x0806, "rsa_pss_rsae_sha512", RsaPssRsae, "SHA512", "RSA-PSS-RSAE-SHA512"),
        new(0x0807, "ed25519", EdDsa, null, "EdDSA-Ed25519"),
        new(0x0808, "ed448", EdDsa, null, "EdDSA-Ed448"),
        new(0x0809, "rsa_pss_pss_sha256", RsaPssPss, "SHA256", "RSA-PSS-SHA256"),
        new(0x080a, "rsa_pss_pss_sha384", RsaPssPss, "SHA384", "RSA-PSS-SHA384"),
        new(0x080b, "rsa_pss_pss_sha512", RsaPssPss, "SHA512", "RSA-PSS-SHA512"),
        new(0x081a, "ecdsa_brainpoolP256r1tls13_sha256", Ecdsa, "SHA256"),
        new(0x081b, "ecdsa_brainpoolP384r1tls13_sha384", Ecdsa, "SHA384"),
        new(0x081c, "ecdsa_brainpoolP512r1tls13_sha512", Ecdsa, "SHA512"),
        new(0x0840, "gostr34102012_256", Gost, null, "GOSTR341012-256"),
        new(0x0841, "gostr34102012_512", Gost, null, "GOSTR341012-512"),
        new(0x0904, "mldsa44", MlDsa, null, "ML-DSA-44"),
        new(0x0905, "mldsa65", MlDsa, null, "ML-DSA-65"),
        new(0x0906, "mldsa87", MlDsa, null, "ML-DSA-87"),
        new(0x0911, "slhdsa_sha2_128s", SlhDsa, null),
        new(0x0912, "slhdsa_sha2_128f", SlhDsa, null),
        new(0x0913, "slhdsa_sha2_192s", SlhDsa, null),
        new(0x0914, "slhdsa_sha2_192f", SlhDsa, null),
        new(0x0915, "slhdsa_sha2_256s", SlhDsa, null),
        new(0x0916, "slhdsa_sha2_256f", SlhDsa, null),
        new(0x0917, "slhdsa_shake_128s", SlhDsa, null),
        new(0x0918, "slhdsa_shake_128f", SlhDsa, null),
        new(0x0919, "slhdsa_shake_192s", SlhDsa, null),
        new(0x091a, "slhdsa_shake_192f", SlhDsa, null),
        new(0x091b, "slhdsa_shake_256s", SlhDsa, null),
        new(0x091c, "slhdsa_shake_256f", SlhDsa, null),
        new(0xeded, "gostr34102001", Gost, null, "GOSTR341001"),
        new(0xeeee, "gostr34102012_256_draft", Gost, null),
        new(0xefef, "gostr34102012_512_draft", Gost, null),
    ];

    private static readonly Dictionary<ushort, SignatureSchemeInfo> ByCode = Rows.ToDictionary(row => row.Code);
    private static readonly Dictionary<string, SignatureSchemeInfo> ByName = Rows.ToDictionary(row => row.Name);

    /// <summary>Every row, in the order of code points.</summary>
    public static IReadOnlyList<SignatureSchemeInfo> All => Rows;

    /// <summary>The row of a code point, or null.</summary>
    public static SignatureSchemeInfo? Find(ushort code) => ByCode.GetValueOrDefault(code);

    /// <summary>The row of a name, or null.</summary>
    public static SignatureSchemeInfo? Find(string name) => ByName.GetValueOrDefault(name);
}
