namespace TlsInterop.Tls.Wire;

/// <summary>How a ServerKeyExchange names its curve.</summary>
/// <remarks>RFC 8422, Section 5.4; the explicit forms: RFC 4492, Section 5.4.</remarks>
public readonly record struct EcCurveType(byte Code)
{
    public static readonly EcCurveType ExplicitPrime = new(1);
    public static readonly EcCurveType ExplicitChar2 = new(2);
    public static readonly EcCurveType NamedCurve = new(3);

    public override string ToString() => Code switch
    {
        1 => "explicit_prime",
        2 => "explicit_char2",
        3 => "named_curve",
        _ => $"0x{Code:x2}",
    };
}
