namespace TlsInterop.Tls.Wire;

/// <summary>The cipher suite registry.</summary>
/// <remarks>IANA, "TLS Cipher Suites"; RFC 8446, Appendix B.4; RFC 5246, Appendix C.</remarks>
public static class CipherSuites
{
    private static readonly CipherSuiteInfo[] Rows =
    [
        new(0x1301, "AES_128_GCM_SHA256", KeyExchangeAlgorithm.Tls13, AuthenticationAlgorithm.Tls13, "AES_128", CipherMode.Gcm, 16, 0, 12, null, "SHA256", "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256"),
    ];

    private static readonly Dictionary<ushort, CipherSuiteInfo> ByCode = Rows.ToDictionary(row => row.Code);
    private static readonly Dictionary<string, CipherSuiteInfo> ByName = Rows.ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>Every row, in the order of code points.</summary>
    public static IReadOnlyList<CipherSuiteInfo> All => Rows;

    /// <summary>The row of a code point, or null.</summary>
    public static CipherSuiteInfo? Find(ushort code) => ByCode.GetValueOrDefault(code);

    /// <summary>The row of an IANA name with or without <c>TLS_</c>, or null.</summary>
    public static CipherSuiteInfo? Find(string name) =>
        ByName.GetValueOrDefault(name.StartsWith("TLS_", StringComparison.Ordinal) ? name[4..] : name);
}
