using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>What the sender wants to see in records that come to it, in DTLS.</summary>
/// <remarks>RFC 9146, Section 3.</remarks>
public sealed record ConnectionIdExtension(ReadOnlyMemory<byte> Cid) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { opaque cid<0..2^8-1>; } ConnectionId;
        var cid = reader.Vector8("cid");
        reader.End("connection_id");
        return new ConnectionIdExtension(cid);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.Vector8(Cid.Span, "cid");

    public override string Describe(ITokens tokens) =>
        Cid.IsEmpty ? "(empty)" : tokens.Token("ConnectionId", Cid.Span);
}
