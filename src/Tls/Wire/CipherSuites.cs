namespace TlsInterop.Tls.Wire;

/// <summary>The cipher suite registry, with the names that OpenSSL and GnuTLS know a suite by.</summary>
/// <remarks>
/// IANA, "TLS Cipher Suites"; RFC 8446, Appendix B.4; RFC 5246, Appendix C. One file per kind of key exchange.
/// </remarks>
public static partial class CipherSuites
{
    private static readonly CipherSuiteInfo[] Rows =
    [
        .. new[] { Tls13Rows, RsaRows, DiffieHellmanRows, EllipticCurveRows, PreSharedKeyRows, OthersRows }
            .SelectMany(rows => rows)
            .OrderBy(row => row.Code)
            .Select(row => CipherSuiteName.Parse(row.Code, row.Name, row.OpenSsl, row.GnuTls)),
    ];

    private static readonly Dictionary<ushort, CipherSuiteInfo> ByCode = Rows.ToDictionary(row => row.Code);
    private static readonly Dictionary<string, CipherSuiteInfo> ByName = Rows.ToDictionary(row => row.Name);
    private static readonly Dictionary<string, CipherSuiteInfo> ByOpenSsl = ByStackName(row => row.OpenSsl);
    private static readonly Dictionary<string, CipherSuiteInfo> ByGnuTls = ByStackName(row => row.GnuTls);

    /// <summary>Every row, in the order of code points.</summary>
    public static IReadOnlyList<CipherSuiteInfo> All => Rows;

    /// <summary>The row of a code point, or null.</summary>
    public static CipherSuiteInfo? Find(ushort code) => ByCode.GetValueOrDefault(code);

    /// <summary>
    /// The row of an IANA name with or without <c>TLS_</c>, or of a JSSE name with <c>SSL_</c>; null if there is none.
    /// </summary>
    public static CipherSuiteInfo? Find(string name) => ByName.GetValueOrDefault(
        name.StartsWith("TLS_", StringComparison.Ordinal) || name.StartsWith("SSL_", StringComparison.Ordinal)
            ? name[4..]
            : name);

    /// <summary>The row of a name as <c>openssl ciphers</c> prints it, or null.</summary>
    public static CipherSuiteInfo? FindOpenSsl(string name) => ByOpenSsl.GetValueOrDefault(name);

    /// <summary>The row of a name as <c>gnutls-cli --list</c> prints it, or null.</summary>
    public static CipherSuiteInfo? FindGnuTls(string name) => ByGnuTls.GetValueOrDefault(name);

    private static Dictionary<string, CipherSuiteInfo> ByStackName(Func<CipherSuiteInfo, string?> nameOf) =>
        Rows.Where(row => nameOf(row) is not null).ToDictionary(row => nameOf(row)!);

    // A class: generic code over structs of one's own is compiled anew at each start.
    private sealed record Row(ushort Code, string Name, string? OpenSsl = null, string? GnuTls = null);
}
