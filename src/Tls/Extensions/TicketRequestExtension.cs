using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>How many tickets the client wants, or the server will send.</summary>
/// <param name="NewSessionCount">Wanted after a full handshake; from a server what it will send.</param>
/// <param name="ResumptionCount">Wanted after a resumption; null from a server.</param>
/// <remarks>RFC 9149, Section 3.</remarks>
public sealed record TicketRequestExtension(byte NewSessionCount, byte? ResumptionCount) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { uint8 new_session_count; uint8 resumption_count; } ClientTicketRequest;
        // struct { uint8 expected_count; } ServerTicketRequestHint;
        var isClient = place == ExtensionPlace.ClientHello;
        var newSessionCount = reader.U8(isClient ? "new_session_count" : "expected_count");
        byte? resumptionCount = isClient ? reader.U8("resumption_count") : null;
        reader.End("ticket_request");
        return new TicketRequestExtension(newSessionCount, resumptionCount);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        writer.U8(NewSessionCount);
        if (ResumptionCount is { } count) writer.U8(count);
    }

    public override string Describe(ITokens tokens) => ResumptionCount is { } count
        ? $"new_session_count {NewSessionCount}, resumption_count {count}"
        : $"expected_count {NewSessionCount}";
}
