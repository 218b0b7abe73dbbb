namespace TlsInterop.Tls.Wire;

/// <summary>Which kind of key a server accepts in a client's certificate, up to TLS 1.2.</summary>
/// <remarks>RFC 5246, Section 7.4.4; RFC 8422, Section 5.5; GOST: RFC 9189, Section 4.1.</remarks>
public readonly record struct ClientCertificateType(byte Code)
{
    public override string ToString() => Code switch
    {
        1 => "rsa_sign",
        2 => "dss_sign",
        3 => "rsa_fixed_dh",
        4 => "dss_fixed_dh",
        5 => "rsa_ephemeral_dh",
        6 => "dss_ephemeral_dh",
        20 => "fortezza_dms",
        64 => "ecdsa_sign",
        65 => "rsa_fixed_ecdh",
        66 => "ecdsa_fixed_ecdh",
        67 => "gost_sign256",
        68 => "gost_sign512",
        _ => $"0x{Code:x2}",
    };
}
