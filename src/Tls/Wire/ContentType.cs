namespace TlsInterop.Tls.Wire;

/// <summary>What a record carries.</summary>
/// <remarks>RFC 8446, Section 5.1; heartbeat: RFC 6520, Section 3.</remarks>
public readonly record struct ContentType(byte Code)
{
    public static readonly ContentType ChangeCipherSpec = new(20);
    public static readonly ContentType Alert = new(21);
    public static readonly ContentType Handshake = new(22);
    public static readonly ContentType ApplicationData = new(23);
    public static readonly ContentType Heartbeat = new(24);

    /// <summary>True for a type that some RFC of TLS over TCP defines.</summary>
    public bool IsKnown => Code is >= 20 and <= 24;

    public override string ToString() => Code switch
    {
        20 => "change_cipher_spec",
        21 => "alert",
        22 => "handshake",
        23 => "application_data",
        24 => "heartbeat",
        _ => $"0x{Code:x2}",
    };
}
