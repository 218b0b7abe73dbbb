using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>Names of code points as IANA's registries spell them.</summary>
internal static class CodePoints
{
    private static readonly Dictionary<ushort, string> SuiteNames =
        CipherSuites.All.ToDictionary(row => row.Code, row => $"TLS_{row.Name}");

    /// <summary>The name with its prefix; hexadecimal if there is none.</summary>
    public static string IanaName(CipherSuite suite) => SuiteNames.GetValueOrDefault(suite.Code) ?? suite.ToString();
}
