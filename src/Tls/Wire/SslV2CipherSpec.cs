namespace TlsInterop.Tls.Wire;

/// <summary>
/// What SSL 2.0 has for a cipher suite: a number of three octets. Those that fit into two are cipher suites of TLS;
/// others are kept and printed in hexadecimal if they have no name.
/// </summary>
/// <remarks>The SSL Protocol Version 2.0 (draft-hickman-netscape-ssl-00), Appendix C.4; RFC 5246, Appendix
/// E.2.</remarks>
public readonly record struct SslV2CipherSpec(int Code)
{
    /// <summary>The cipher suite of TLS that it is, or null.</summary>
    public CipherSuite? Suite => Code <= ushort.MaxValue ? new CipherSuite((ushort)Code) : null;

    private static readonly Dictionary<int, string> Names = new()
    {
        [0x010080] = "RC4_128_WITH_MD5",
        [0x020080] = "RC4_128_EXPORT40_WITH_MD5",
        [0x030080] = "RC2_128_CBC_WITH_MD5",
        [0x040080] = "RC2_128_CBC_EXPORT40_WITH_MD5",
        [0x050080] = "IDEA_128_CBC_WITH_MD5",
        [0x060040] = "DES_64_CBC_WITH_MD5",
        [0x0700c0] = "DES_192_EDE3_CBC_WITH_MD5",
    };

    /// <summary>The name without its <c>SSL_CK_</c>; else hexadecimal.</summary>
    public override string ToString() =>
        Names.GetValueOrDefault(Code) ?? (Suite is { } suite ? suite.ToString() : $"0x{Code:x6}");
}
