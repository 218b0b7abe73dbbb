namespace TlsInterop.Tls.Wire;

/// <summary>How HPKE derives keys.</summary>
/// <remarks>IANA, "HPKE KDF Identifiers"; RFC 9180, Section 7.2.</remarks>
public readonly record struct HpkeKdfId(ushort Code)
{
    public override string ToString() => Code switch
    {
        0x0001 => "HKDF-SHA256",
        0x0002 => "HKDF-SHA384",
        0x0003 => "HKDF-SHA512",
        _ => $"0x{Code:x4}",
    };
}
