namespace TlsInterop.Tls.Wire;

/// <summary>How encrypted key transport wraps keys.</summary>
/// <remarks>RFC 8870, Section 5.2.1.</remarks>
public readonly record struct EktCipherType(byte Code)
{
    public override string ToString() => Code switch
    {
        0 => "AESKW128",
        1 => "AESKW256",
        _ => $"0x{Code:x2}",
    };
}
