namespace TlsInterop.Tls.Wire;

/// <summary>What a client's certificate URLs point to.</summary>
/// <remarks>RFC 6066, Section 5.</remarks>
public readonly record struct CertChainType(byte Code)
{
    public override string ToString() => Code switch
    {
        0 => "individual_certs",
        1 => "pkipath",
        _ => $"0x{Code:x2}",
    };
}
