using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Early data is sent, accepted, or allowed with a ticket.</summary>
/// <param name="MaxEarlyDataSize">Octets that a ticket allows; null in hellos.</param>
/// <remarks>RFC 8446, Section 4.2.10.</remarks>
public sealed record EarlyDataExtension(uint? MaxEarlyDataSize) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // case new_session_ticket: uint32 max_early_data_size; otherwise Empty
        uint? size = place == ExtensionPlace.NewSessionTicket ? reader.U32("max_early_data_size") : null;
        reader.End("early_data");
        return new EarlyDataExtension(size);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (MaxEarlyDataSize is { } size) writer.U32(size);
    }

    public override string Describe(ITokens tokens) => MaxEarlyDataSize?.ToString() ?? "";
}
