using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>An alert.</summary>
/// <param name="Level">Warning or fatal.</param>
/// <param name="Description">What it says.</param>
/// <remarks>RFC 8446, Section 6; RFC 5246, Section 7.2.</remarks>
public readonly record struct Alert(AlertLevel Level, AlertDescription Description)
{
    /// <summary>True if its level says that it ends the connection in failure.</summary>
    public bool IsFatal => Level == AlertLevel.Fatal && Description != AlertDescription.CloseNotify;

    public static Alert Read(ref WireReader reader)
    {
        // struct { AlertLevel level; AlertDescription description; } Alert;
        var level = new AlertLevel(reader.U8("level"));
        var description = new AlertDescription(reader.U8("description"));
        return new(level, description);
    }

    public void Write(WireWriter writer)
    {
        writer.U8(Level.Code);
        writer.U8(Description.Code);
    }

    public override string ToString() => Level == AlertLevel.Fatal
        ? $"{Description} ({Description.Code})"
        : $"{Level} {Description} ({Description.Code})";
}
