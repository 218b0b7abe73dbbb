using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// The suites of the registry whose records stay closed even with the right secret, each with its reason.
/// </summary>
public static class UncoveredSuites
{
    private static readonly (Func<CipherSuiteInfo, bool> Fits, string Reason)[] Rows =
    [
        (suite => suite.Name.EndsWith("_SCSV", StringComparison.Ordinal), "it is a signal and no suite"),
        (suite => suite.Name == "NULL_WITH_NULL_NULL",
            "it is the state before a suite is chosen (RFC 5246, Appendix A.5)"),
        (suite => suite.Cipher.StartsWith("AEGIS", StringComparison.Ordinal), "there is no managed code for AEGIS"),
        (suite => suite.Cipher is "28147" or "KUZNYECHIK" or "MAGMA",
            "there is no managed code for the modes and key changes of the GOST suites (RFC 9189, RFC 9367)"),
    ];

    /// <summary>Why no record of the suite can be opened; null if they can.</summary>
    public static string? WhyNot(CipherSuiteInfo suite) => Rows.FirstOrDefault(row => row.Fits(suite)).Reason;
}
