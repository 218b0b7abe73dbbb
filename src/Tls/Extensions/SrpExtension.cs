using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The user that the client wants to log in as.</summary>
/// <param name="SrpI">The user name, UTF-8 after SASLprep.</param>
/// <remarks>RFC 5054, Section 2.8.1.</remarks>
public sealed record SrpExtension(ReadOnlyMemory<byte> SrpI) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // opaque srp_I<1..2^8-1>;
        var name = reader.Vector8("srp_I", min: 1);
        reader.End("srp");
        return new SrpExtension(name);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.Vector8(SrpI.Span, "srp_I");

    public override string Describe(ITokens tokens) => Printable.Ascii(SrpI.Span);
}
