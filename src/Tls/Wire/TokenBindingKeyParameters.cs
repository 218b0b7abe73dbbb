namespace TlsInterop.Tls.Wire;

/// <summary>The kind of key that a token is bound to.</summary>
/// <remarks>RFC 8471, Section 3.2; RFC 8472, Section 2.</remarks>
public readonly record struct TokenBindingKeyParameters(byte Code)
{
    public override string ToString() => Code switch
    {
        0 => "rsa2048_pkcs1.5",
        1 => "rsa2048_pss",
        2 => "ecdsap256",
        _ => $"0x{Code:x2}",
    };
}
