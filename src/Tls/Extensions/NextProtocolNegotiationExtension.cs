using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>NPN, which was before ALPN: a client's empty wish, or the protocols of the server.</summary>
/// <param name="Protocols">The server's, best first; null for the wish. The client chooses in NextProtocol.</param>
/// <remarks>draft-agl-tls-nextprotoneg-04, Section 3.</remarks>
public sealed record NextProtocolNegotiationExtension(IReadOnlyList<ReadOnlyMemory<byte>>? Protocols) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (place == ExtensionPlace.ClientHello)
        {
            reader.End("next_protocol_negotiation");
            return new NextProtocolNegotiationExtension(Protocols: null);
        }
        // Length-prefixed strings up to the end of the extension, without a length of the list.
        var protocols = new List<ReadOnlyMemory<byte>>();
        while (reader.More)
        {
            var protocol = reader.Vector8("protocol", min: 1);
            if (reader.Fault is null) protocols.Add(protocol);
        }
        return new NextProtocolNegotiationExtension(protocols);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        foreach (var protocol in Protocols ?? []) writer.Vector8(protocol.Span, "protocol");
    }

    public override string Describe(ITokens tokens) =>
        string.Join(", ", (Protocols ?? []).Select(protocol => Printable.Ascii(protocol.Span)));
}
