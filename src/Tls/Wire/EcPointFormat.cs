namespace TlsInterop.Tls.Wire;

/// <summary>How a point of an elliptic curve is written.</summary>
/// <remarks>RFC 8422, Section 5.1.2; the compressed forms: RFC 4492, Section 5.1.2.</remarks>
public readonly record struct EcPointFormat(byte Code)
{
    public override string ToString() => Code switch
    {
        0 => "uncompressed",
        1 => "ansiX962_compressed_prime",
        2 => "ansiX962_compressed_char2",
        _ => $"0x{Code:x2}",
    };
}
