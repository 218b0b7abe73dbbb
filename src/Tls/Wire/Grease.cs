namespace TlsInterop.Tls.Wire;

/// <summary>Values that clients and servers send at random to keep their peers tolerant of the unknown.</summary>
/// <remarks>RFC 8701, Section 2.</remarks>
public static class Grease
{
    /// <summary>True for 0x0a0a, 0x1a1a, ... 0xfafa: suites, groups, extensions, signature schemes, versions.</summary>
    public static bool Is(ushort code) => (code & 0x0f0f) == 0x0a0a && code >> 8 == (code & 0xff);

    /// <summary>The given name, or <c>GREASE</c>: which of the sixteen values it is changes from run to run.</summary>
    public static string Label(ushort code, string name) => Is(code) ? "GREASE" : name;

    /// <summary>True for 0x0b, 0x2a, 0x49, ... 0xe4: PskKeyExchangeModes.</summary>
    public static bool IsPskKeyExchangeMode(byte code) => code >= 0x0b && (code - 0x0b) % 0x1f == 0 && code <= 0xe4;
}
