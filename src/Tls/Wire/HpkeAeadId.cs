namespace TlsInterop.Tls.Wire;

/// <summary>How HPKE encrypts.</summary>
/// <remarks>IANA, "HPKE AEAD Identifiers"; RFC 9180, Section 7.3.</remarks>
public readonly record struct HpkeAeadId(ushort Code)
{
    public override string ToString() => Code switch
    {
        0x0001 => "AES-128-GCM",
        0x0002 => "AES-256-GCM",
        0x0003 => "ChaCha20Poly1305",
        0xffff => "Export-only",
        _ => $"0x{Code:x4}",
    };
}
