namespace TlsInterop.Tls.Wire;

/// <summary>How grave the sender calls an alert. TLS 1.3 goes by the description only.</summary>
/// <remarks>RFC 5246, Section 7.2; RFC 8446, Section 6.</remarks>
public readonly record struct AlertLevel(byte Code)
{
    public static readonly AlertLevel Warning = new(1);
    public static readonly AlertLevel Fatal = new(2);

    /// <summary>True for a level that some RFC defines.</summary>
    public bool IsKnown => Code is 1 or 2;

    public override string ToString() => Code switch
    {
        1 => "warning",
        2 => "fatal",
        _ => $"0x{Code:x2}",
    };
}
