namespace TlsInterop.Tls.Wire;

/// <summary>Whether a resumed TLS 1.3 session adds a fresh key exchange.</summary>
/// <remarks>RFC 8446, Section 4.2.9.</remarks>
public readonly record struct PskKeyExchangeMode(byte Code)
{
    public static readonly PskKeyExchangeMode PskKe = new(0);
    public static readonly PskKeyExchangeMode PskDheKe = new(1);

    public override string ToString() => Code switch
    {
        0 => "psk_ke",
        1 => "psk_dhe_ke",
        _ => $"0x{Code:x2}",
    };
}
