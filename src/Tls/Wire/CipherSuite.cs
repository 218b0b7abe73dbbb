namespace TlsInterop.Tls.Wire;

/// <summary>A cipher suite code point. Unknown and GREASE values are kept and printed in hexadecimal.</summary>
/// <remarks>RFC 8446, Section 4.1.2 and Appendix B.4; the registry is <see cref="CipherSuites"/>.</remarks>
public readonly record struct CipherSuite(ushort Code)
{
    /// <summary>No suite: the client knows secure renegotiation (RFC 5746, Section 3.3).</summary>
    public static readonly CipherSuite EmptyRenegotiationInfoScsv = new(0x00ff);

    /// <summary>No suite: the client offers less than it could (RFC 7507, Section 2).</summary>
    public static readonly CipherSuite FallbackScsv = new(0x5600);

    /// <summary>True for a value that only signals something, and is never chosen.</summary>
    public bool IsSignal => this == EmptyRenegotiationInfoScsv || this == FallbackScsv;

    /// <summary>The registry row, or null for a code point that is not in it.</summary>
    public CipherSuiteInfo? Info => CipherSuites.Find(Code);

    /// <summary>The IANA name without its <c>TLS_</c> prefix, as in cell ids; else hexadecimal.</summary>
    public override string ToString() => Info?.Name ?? $"0x{Code:x4}";
}
