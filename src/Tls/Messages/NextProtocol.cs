using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The application protocol that the client chose by NPN, encrypted before Finished.</summary>
/// <param name="SelectedProtocol">The protocol; it need not be one that the server offered.</param>
/// <param name="Padding">What hides the protocol's length.</param>
/// <remarks>draft-agl-tls-nextprotoneg-04, Section 3.1.</remarks>
public sealed record NextProtocol(ReadOnlyMemory<byte> SelectedProtocol, ReadOnlyMemory<byte> Padding) : HandshakeBody
{
    public static NextProtocol Read(ref WireReader reader, in MessageContext context)
    {
        // struct { opaque selected_protocol<0..255>; opaque padding<0..255>; } NextProtocol;
        var protocol = reader.Vector8("selected_protocol");
        var padding = reader.Vector8("padding");
        reader.End("NextProtocol");
        return new(protocol, padding);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.Vector8(SelectedProtocol.Span, "selected_protocol");
        writer.Vector8(Padding.Span, "padding");
    }

    public override string Describe(ITokens tokens) => Printable.Ascii(SelectedProtocol.Span);
}
