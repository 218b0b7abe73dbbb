namespace TlsInterop.Tls.Wire;

/// <summary>Which kind of certificate status is asked for.</summary>
/// <remarks>RFC 6066, Section 8; RFC 6961, Section 2.2.</remarks>
public readonly record struct CertificateStatusType(byte Code)
{
    public static readonly CertificateStatusType Ocsp = new(1);
    public static readonly CertificateStatusType OcspMulti = new(2);

    public override string ToString() => Code switch
    {
        1 => "ocsp",
        2 => "ocsp_multi",
        _ => $"0x{Code:x2}",
    };
}
