namespace TlsInterop.Tls.Wire;

/// <summary>The registry of groups, with the names that OpenSSL, GnuTLS and NSS know a group by.</summary>
/// <remarks>
/// IANA, "TLS Supported Groups"; RFC 8422, Section 5.1.1; RFC 7919; RFC 8734 (brainpool in TLS 1.3); RFC 8998 (SM2);
/// RFC 9189 (GOST); draft-ietf-tls-ecdhe-mlkem, Section 4 (a hybrid's parts: ML-KEM first with x25519, else last);
/// draft-ietf-tls-mlkem. Share lengths: RFC 8446, Section 4.2.8.
/// </remarks>
public static class NamedGroups
{
    private const NamedGroupKind Ec = NamedGroupKind.EllipticCurve;
    private const NamedGroupKind Ff = NamedGroupKind.FiniteField;
    private const NamedGroupKind Kem = NamedGroupKind.Kem;
    private const NamedGroupKind Hybrid = NamedGroupKind.Hybrid;

    private static readonly NamedGroupInfo[] Rows =
    [
        new(1, "sect163k1", Ec, 43, 43, false, "sect163k1"),
        new(2, "sect163r1", Ec, 43, 43, false, "sect163r1"),
        new(3, "sect163r2", Ec, 43, 43, false, "sect163r2"),
        new(4, "sect193r1", Ec, 51, 51, false, "sect193r1"),
        new(5, "sect193r2", Ec, 51, 51, false, "sect193r2"),
        new(6, "sect233k1", Ec, 61, 61, false, "sect233k1"),
        new(7, "sect233r1", Ec, 61, 61, false, "sect233r1"),
        new(8, "sect239k1", Ec, 61, 61, false, "sect239k1"),
        new(9, "sect283k1", Ec, 73, 73, false, "sect283k1"),
        new(10, "sect283r1", Ec, 73, 73, false, "sect283r1"),
        new(11, "sect409k1", Ec, 105, 105, false, "sect409k1"),
        new(12, "sect409r1", Ec, 105, 105, false, "sect409r1"),
        new(13, "sect571k1", Ec, 145, 145, false, "sect571k1"),
        new(14, "sect571r1", Ec, 145, 145, false, "sect571r1"),
        new(15, "secp160k1", Ec, 41, 41, false, "secp160k1"),
        new(16, "secp160r1", Ec, 41, 41, false, "secp160r1"),
        new(17, "secp160r2", Ec, 41, 41, false, "secp160r2"),
        new(18, "secp192k1", Ec, 49, 49, false, "secp192k1"),
        new(19, "secp192r1", Ec, 49, 49, false, "P-192", "SECP192R1"),
        new(20, "secp224k1", Ec, 57, 57, false, "secp224k1"),
        new(21, "secp224r1", Ec, 57, 57, false, "P-224", "SECP224R1"),
        new(22, "secp256k1", Ec, 65, 65, false, "secp256k1"),
        new(23, "secp256r1", Ec, 65, 65, true, "P-256", "SECP256R1", "P256"),
        new(24, "secp384r1", Ec, 97, 97, true, "P-384", "SECP384R1", "P384"),
        new(25, "secp521r1", Ec, 133, 133, true, "P-521", "SECP521R1", "P521"),
        new(26, "brainpoolP256r1", Ec, 65, 65, false, "brainpoolP256r1"),
        new(27, "brainpoolP384r1", Ec, 97, 97, false, "brainpoolP384r1"),
        new(28, "brainpoolP512r1", Ec, 129, 129, false, "brainpoolP512r1"),
        new(29, "x25519", Ec, 32, 32, true, "X25519", "X25519", "x25519"),
        new(30, "x448", Ec, 56, 56, true, "X448", "X448"),
        new(31, "brainpoolP256r1tls13", Ec, 65, 65, true, "brainpoolP256r1tls13"),
        new(32, "brainpoolP384r1tls13", Ec, 97, 97, true, "brainpoolP384r1tls13"),
        new(33, "brainpoolP512r1tls13", Ec, 129, 129, true, "brainpoolP512r1tls13"),
        new(34, "GC256A", Ec, 64, 64, true),
        new(35, "GC256B", Ec, 64, 64, true, null, "GC256B"),
        new(36, "GC256C", Ec, 64, 64, true),
        new(37, "GC256D", Ec, 64, 64, true),
        new(38, "GC512A", Ec, 128, 128, true, null, "GC512A"),
        new(39, "GC512B", Ec, 128, 128, true),
        new(40, "GC512C", Ec, 128, 128, true),
        new(41, "curveSM2", Ec, 65, 65, true, "curveSM2"),
        new(256, "ffdhe2048", Ff, 256, 256, true, "ffdhe2048", "FFDHE2048", "FF2048"),
        new(257, "ffdhe3072", Ff, 384, 384, true, "ffdhe3072", "FFDHE3072", "FF3072"),
        new(258, "ffdhe4096", Ff, 512, 512, true, "ffdhe4096", "FFDHE4096", "FF4096"),
        new(259, "ffdhe6144", Ff, 768, 768, true, "ffdhe6144", "FFDHE6144", "FF6144"),
        new(260, "ffdhe8192", Ff, 1024, 1024, true, "ffdhe8192", "FFDHE8192", "FF8192"),
        new(0x0200, "MLKEM512", Kem, 800, 768, true, "MLKEM512"),
        new(0x0201, "MLKEM768", Kem, 1184, 1088, true, "MLKEM768"),
        new(0x0202, "MLKEM1024", Kem, 1568, 1568, true, "MLKEM1024"),
        new(0x11eb, "SecP256r1MLKEM768", Hybrid, 1249, 1153, true, "SecP256r1MLKEM768", "SECP256R1-MLKEM768")
        {
            Parts = ["secp256r1", "MLKEM768"],
        },
        new(0x11ec, "X25519MLKEM768", Hybrid, 1216, 1120, true, "X25519MLKEM768", "X25519-MLKEM768", "mlkem768x25519")
        {
            Parts = ["MLKEM768", "x25519"],
        },
        new(0x11ed, "SecP384r1MLKEM1024", Hybrid, 1665, 1665, true, "SecP384r1MLKEM1024", "SECP384R1-MLKEM1024")
        {
            Parts = ["secp384r1", "MLKEM1024"],
        },
        new(0x11ee, "curveSM2MLKEM768", Hybrid, 1249, 1153, true, "curveSM2MLKEM768")
        {
            Parts = ["curveSM2", "MLKEM768"],
        },
        new(0x6399, "X25519Kyber768Draft00", Hybrid, 1216, 1120, true, null, "X25519-KYBER768", "xyber768d00"),
        new(0x639a, "SecP256r1Kyber768Draft00", Hybrid, 1249, 1153, true),
        new(0xff01, "arbitrary_explicit_prime_curves", Ec, 0, 0, false),
        new(0xff02, "arbitrary_explicit_char2_curves", Ec, 0, 0, false),
    ];

    private static readonly Dictionary<ushort, NamedGroupInfo> ByCode = Rows.ToDictionary(row => row.Code);

    private static readonly Dictionary<string, NamedGroupInfo> ByName =
        Rows.ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every row, in the order of code points.</summary>
    public static IReadOnlyList<NamedGroupInfo> All => Rows;

    /// <summary>The row of a code point, or null.</summary>
    public static NamedGroupInfo? Find(ushort code) => ByCode.GetValueOrDefault(code);

    /// <summary>The row of an IANA name in any case, or null.</summary>
    public static NamedGroupInfo? Find(string name) => ByName.GetValueOrDefault(name);
}
