namespace TlsInterop.Tls.Wire;

public static partial class CipherSuites
{
    // TLS 1.3 suites: RFC 8446, Appendix B.4; RFC 8998 (SM4); RFC 9150 (integrity only); AEGIS as registered by
    // IANA.
    private static Row[] Tls13Rows =>
    [
        new(0x00c6, "SM4_GCM_SM3"),
        new(0x00c7, "SM4_CCM_SM3"),
        new(0x1301, "AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256"),
        new(0x1302, "AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"),
        new(0x1303, "CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
        new(0x1304, "AES_128_CCM_SHA256", "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_SHA256"),
        new(0x1305, "AES_128_CCM_8_SHA256", "TLS_AES_128_CCM_8_SHA256", "TLS_AES_128_CCM_8_SHA256"),
        new(0x1306, "AEGIS_256_SHA512"),
        new(0x1307, "AEGIS_128L_SHA256"),
        new(0xc0b4, "SHA256_SHA256", "TLS_SHA256_SHA256"),
        new(0xc0b5, "SHA384_SHA384", "TLS_SHA384_SHA384"),
    ];
}
