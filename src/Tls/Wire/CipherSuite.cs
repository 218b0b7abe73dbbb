namespace TlsInterop.Tls.Wire;

/// <summary>A cipher suite code point. Unknown and GREASE values are kept and printed in hexadecimal.</summary>
/// <remarks>RFC 8446, Section 4.1.2 and Appendix B.4; the registry is <see cref="CipherSuites"/>.</remarks>
public readonly record struct CipherSuite(ushort Code)
{
    /// <summary>The registry row, or null for a code point that is not in it.</summary>
    public CipherSuiteInfo? Info => CipherSuites.Find(Code);

    /// <summary>The IANA name without its <c>TLS_</c> prefix, as in cell ids; else hexadecimal.</summary>
    public override string ToString() => Info?.Name ?? $"0x{Code:x4}";
}
