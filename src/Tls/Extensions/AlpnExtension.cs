using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The application protocols: a client's offer, best first, or a server's choice.</summary>
/// <remarks>RFC 7301, Section 3.1; GREASE: RFC 8701, Section 2.</remarks>
public sealed record AlpnExtension(IReadOnlyList<ReadOnlyMemory<byte>> Protocols) : ExtensionBody
{
    /// <summary>The names as text; octets that are not ASCII are escaped.</summary>
    public IEnumerable<string> Names => Protocols.Select(protocol => Printable.Ascii(protocol.Span));

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // opaque ProtocolName<1..2^8-1>;
        // struct { ProtocolName protocol_name_list<2..2^16-1> } ProtocolNameList;
        var protocols = new List<ReadOnlyMemory<byte>>();
        var list = reader.List16("protocol_name_list", min: 2);
        while (list.More)
        {
            var name = list.Vector8("protocol_name", min: 1);
            if (list.Fault is null) protocols.Add(name);
        }
        reader.End("application_layer_protocol_negotiation");
        return new AlpnExtension(protocols);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List16("protocol_name_list");
        foreach (var protocol in Protocols) writer.Vector8(protocol.Span, "protocol_name");
    }

    public override string Describe(ITokens tokens) => string.Join(", ", Protocols.Select(protocol =>
        protocol.Length == 2 && Grease.Is((ushort)(protocol.Span[0] << 8 | protocol.Span[1]))
            ? "GREASE"
            : Printable.Ascii(protocol.Span)));
}
