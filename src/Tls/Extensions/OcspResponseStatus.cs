namespace TlsInterop.Tls.Extensions;

/// <summary>Whether an OCSP responder answered.</summary>
/// <remarks>RFC 6960, Section 4.2.1.</remarks>
public readonly record struct OcspResponseStatus(byte Code)
{
    public override string ToString() => Code switch
    {
        0 => "successful",
        1 => "malformedRequest",
        2 => "internalError",
        3 => "tryLater",
        5 => "sigRequired",
        6 => "unauthorized",
        _ => $"0x{Code:x2}",
    };
}
