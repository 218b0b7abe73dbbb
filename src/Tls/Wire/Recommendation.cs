namespace TlsInterop.Tls.Wire;

/// <summary>What the IETF thinks of a code point: the column "Recommended" of IANA's registries.</summary>
/// <remarks>RFC 9847, Section 3.</remarks>
public enum Recommendation
{
    /// <summary>N: the IETF says nothing, or it is for special uses.</summary>
    None,

    /// <summary>Y: for general use.</summary>
    Recommended,

    /// <summary>D: not to be used without a reason.</summary>
    Discouraged,
}
