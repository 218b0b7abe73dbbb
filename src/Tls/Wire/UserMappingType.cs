namespace TlsInterop.Tls.Wire;

/// <summary>A hint that maps a client to a user account.</summary>
/// <remarks>RFC 4681, Section 2.</remarks>
public readonly record struct UserMappingType(byte Code)
{
    public override string ToString() => Code switch
    {
        64 => "upn_domain_hint",
        _ => $"0x{Code:x2}",
    };
}
