using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Binds a renegotiation to the handshake before it; empty in the first handshake.</summary>
/// <param name="RenegotiatedConnection">The verify_data of the previous handshake.</param>
/// <remarks>RFC 5746, Section 3.2.</remarks>
public sealed record RenegotiationInfoExtension(ReadOnlyMemory<byte> RenegotiatedConnection) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { opaque renegotiated_connection<0..255>; } RenegotiationInfo;
        var connection = reader.Vector8("renegotiated_connection");
        reader.End("renegotiation_info");
        return new RenegotiationInfoExtension(connection);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) =>
        writer.Vector8(RenegotiatedConnection.Span, "renegotiated_connection");

    public override string Describe(ITokens tokens) =>
        RenegotiatedConnection.IsEmpty ? "(empty)" : tokens.Token("VerifyData", RenegotiatedConnection.Span);
}
