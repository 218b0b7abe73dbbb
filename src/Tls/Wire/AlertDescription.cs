namespace TlsInterop.Tls.Wire;

/// <summary>What an alert says.</summary>
/// <remarks>RFC 8446, Section 6; RFC 5246, Section 7.2; the registry is <see cref="AlertDescriptions"/>.</remarks>
public readonly record struct AlertDescription(byte Code)
{
    public static readonly AlertDescription CloseNotify = new(0);
    public static readonly AlertDescription HandshakeFailure = new(40);
    public static readonly AlertDescription DecodeError = new(50);
    public static readonly AlertDescription ProtocolVersion = new(70);
    public static readonly AlertDescription UserCanceled = new(90);
    public static readonly AlertDescription NoRenegotiation = new(100);
    public static readonly AlertDescription MissingExtension = new(109);

    /// <summary>The registry row, or null for a code point that is not in it.</summary>
    public AlertDescriptionInfo? Info => AlertDescriptions.Find(Code);

    public bool IsKnown => Info is not null;

    /// <summary>The registered name, or <c>alert_</c> and the number in decimal, as logs count alerts.</summary>
    public override string ToString() => Info?.Name ?? $"alert_{Code}";

    /// <summary>Finds a description by its registered name.</summary>
    public static AlertDescription? Find(string name) =>
        AlertDescriptions.Find(name) is { } row && row.Name == name ? new(row.Code) : null;
}
