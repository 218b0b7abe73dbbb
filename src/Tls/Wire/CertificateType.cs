namespace TlsInterop.Tls.Wire;

/// <summary>What a certificate is, where it need not be X.509.</summary>
/// <remarks>IANA, "TLS Certificate Types"; RFC 7250, Section 3; RFC 6091; RFC 8902.</remarks>
public readonly record struct CertificateType(byte Code)
{
    public static readonly CertificateType X509 = new(0);

    public override string ToString() => Code switch
    {
        0 => "X509",
        1 => "OpenPGP",
        2 => "RawPublicKey",
        3 => "1609Dot2",
        _ => $"0x{Code:x2}",
    };
}
