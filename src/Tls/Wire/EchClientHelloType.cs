namespace TlsInterop.Tls.Wire;

/// <summary>Which of the two ClientHellos of an encrypted one it is.</summary>
/// <remarks>RFC 9849, Section 5.</remarks>
public readonly record struct EchClientHelloType(byte Code)
{
    public static readonly EchClientHelloType Outer = new(0);
    public static readonly EchClientHelloType Inner = new(1);

    public override string ToString() => Code switch
    {
        0 => "outer",
        1 => "inner",
        _ => $"0x{Code:x2}",
    };
}
