using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>A ticket to resume the session by.</summary>
/// <param name="LifetimeSeconds">How long it may be used; in TLS 1.2 a hint, 0 for unspecified.</param>
/// <param name="AgeAdd">TLS 1.3: what hides the ticket's age; null before.</param>
/// <param name="Nonce">TLS 1.3: makes the pre-shared key unique; empty before.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="ExtensionList">TLS 1.3 only.</param>
/// <remarks>RFC 8446, Section 4.6.1; RFC 5077, Section 3.3.</remarks>
public sealed record NewSessionTicket(
    uint LifetimeSeconds,
    uint? AgeAdd,
    ReadOnlyMemory<byte> Nonce,
    ReadOnlyMemory<byte> Ticket,
    ExtensionList ExtensionList) : HandshakeBody
{
    public override ExtensionList Extensions => ExtensionList;

    public static NewSessionTicket Read(ref WireReader reader, in MessageContext context)
    {
        if (!context.IsTls13)
        {
            // struct { uint32 ticket_lifetime_hint; opaque ticket<0..2^16-1>; } NewSessionTicket;
            var hint = reader.U32("ticket_lifetime_hint");
            var opaque = reader.Vector16("ticket");
            reader.End("NewSessionTicket");
            return new(hint, AgeAdd: null, Nonce: default, opaque, ExtensionList.Absent);
        }
        // struct {
        //     uint32 ticket_lifetime;
        //     uint32 ticket_age_add;
        //     opaque ticket_nonce<0..255>;
        //     opaque ticket<1..2^16-1>;
        //     Extension extensions<0..2^16-1>;
        // } NewSessionTicket;
        var lifetime = reader.U32("ticket_lifetime");
        var ageAdd = reader.U32("ticket_age_add");
        var nonce = HasNonce(context) ? reader.Vector8("ticket_nonce") : default;
        var ticket = reader.Vector16("ticket", min: 1);
        var extensions = ExtensionList.Read(ref reader, ExtensionPlace.NewSessionTicket);
        reader.End("NewSessionTicket");
        return new(lifetime, ageAdd, nonce, ticket, extensions);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U32(LifetimeSeconds);
        if (AgeAdd is { } ageAdd)
        {
            writer.U32(ageAdd);
            if (HasNonce(context)) writer.Vector8(Nonce.Span, "ticket_nonce");
        }
        writer.Vector16(Ticket.Span, "ticket");
        ExtensionList.Write(writer, ExtensionPlace.NewSessionTicket);
    }

    // draft-ietf-tls-tls13-21 brought it.
    private static bool HasNonce(in MessageContext context) => context.Version.Code is not (>= 0x7f00 and < 0x7f15);

    public override string Describe(ITokens tokens) =>
        $"lifetime {tokens.Remaining(LifetimeSeconds)} s, ticket {tokens.Token("Ticket", Ticket.Span)}";
}
