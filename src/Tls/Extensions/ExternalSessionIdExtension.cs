using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The name of the session in signalling.</summary>
/// <remarks>RFC 8844, Section 4.3.</remarks>
public sealed record ExternalSessionIdExtension(ReadOnlyMemory<byte> SessionId) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { opaque session_id<20..255>; } ExternalSessionId;
        var sessionId = reader.Vector8("session_id", min: 20);
        reader.End("external_session_id");
        return new ExternalSessionIdExtension(sessionId);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.Vector8(SessionId.Span, "session_id");

    public override string Describe(ITokens tokens) => tokens.Token("ExternalSessionId", SessionId.Span);
}
