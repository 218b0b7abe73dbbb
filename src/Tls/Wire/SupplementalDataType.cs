namespace TlsInterop.Tls.Wire;

/// <summary>What an entry of SupplementalData is.</summary>
/// <remarks>IANA, "TLS Supplemental Data Formats"; RFC 4680, Section 2; RFC 4681; RFC 5878.</remarks>
public readonly record struct SupplementalDataType(ushort Code)
{
    public override string ToString() => Code switch
    {
        0 => "user_mapping_data",
        16386 => "authz_data",
        _ => $"0x{Code:x4}",
    };
}
