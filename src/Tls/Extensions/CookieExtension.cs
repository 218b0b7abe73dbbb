using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A value of a HelloRetryRequest that the client must repeat.</summary>
/// <remarks>RFC 8446, Section 4.2.2.</remarks>
public sealed record CookieExtension(ReadOnlyMemory<byte> Cookie) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { opaque cookie<1..2^16-1>; } Cookie;
        var cookie = reader.Vector16("cookie", min: 1);
        reader.End("cookie");
        return new CookieExtension(cookie);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) =>
        writer.Vector16(Cookie.Span, "cookie");

    public override string Describe(ITokens tokens) => tokens.Token("Cookie", Cookie.Span);
}
