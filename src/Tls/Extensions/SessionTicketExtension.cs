using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A ticket that the client wants to resume by; empty to ask for one, or to promise one.</summary>
/// <remarks>RFC 5077, Section 3.2.</remarks>
public sealed record SessionTicketExtension(ReadOnlyMemory<byte> Ticket) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place) =>
        new SessionTicketExtension(reader.Rest());

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.Opaque(Ticket.Span);

    public override string Describe(ITokens tokens) => Ticket.IsEmpty ? "(empty)" : tokens.Token("Ticket", Ticket.Span);
}
