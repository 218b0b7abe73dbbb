namespace TlsInterop.Tls.Wire;

/// <summary>What a client remembers of the server, so that it need not be sent again.</summary>
/// <remarks>RFC 7924, Section 3.</remarks>
public readonly record struct CachedInformationType(byte Code)
{
    public override string ToString() => Code switch
    {
        1 => "cert",
        2 => "cert_req",
        _ => $"0x{Code:x2}",
    };
}
