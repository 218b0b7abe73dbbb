using System.Globalization;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>Code points that a text tells, in the words of profiles.</summary>
internal static class CodeWords
{
    public static string Group(ushort code) => NamedGroups.Find(code)?.Name ?? Hex(code);

    public static string Scheme(ushort code) => SignatureSchemes.Find(code)?.Name ?? Hex(code);

    public static string PointFormat(ushort code) => new EcPointFormat((byte)code).ToString();

    public static string Version(ushort code) =>
        ProtocolVersion.Known.Contains(new(code)) ? new ProtocolVersion(code).Id : Hex(code);

    public static string Mode(ushort code) => new PskKeyExchangeMode((byte)code).ToString();

    /// <summary>A code point of at most four hexadecimal digits.</summary>
    public static ushort Hex(string digits) =>
        ushort.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>A group by the name that GnuTLS gives it, or null.</summary>
    public static NamedGroupInfo? GnuTlsGroup(string name) =>
        NamedGroups.All.FirstOrDefault(row => row.GnuTls is { } known
            && known.Replace("-", "", StringComparison.Ordinal).Equals(
                name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
        ?? NamedGroups.Find(name);

    private static string Hex(ushort code) => $"0x{code:x4}";
}
