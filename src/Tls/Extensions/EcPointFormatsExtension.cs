using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The forms of curve points that the sender can read.</summary>
/// <remarks>RFC 8422, Section 5.1.2.</remarks>
public sealed record EcPointFormatsExtension(IReadOnlyList<EcPointFormat> Formats) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { ECPointFormat ec_point_format_list<1..2^8-1> } ECPointFormatList;
        var formats = new List<EcPointFormat>();
        var list = reader.List8("ec_point_format_list", min: 1);
        while (list.More) formats.Add(new(list.U8("ec_point_format")));
        reader.End("ec_point_formats");
        return new EcPointFormatsExtension(formats);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List8("ec_point_format_list");
        foreach (var format in Formats) writer.U8(format.Code);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", Formats);
}
