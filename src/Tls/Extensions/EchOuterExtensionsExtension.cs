using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Extensions that an inner ClientHello takes over from the outer one.</summary>
/// <remarks>RFC 9849, Section 5.1.</remarks>
public sealed record EchOuterExtensionsExtension(IReadOnlyList<ExtensionType> OuterExtensions) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // ExtensionType OuterExtensions<2..254>;
        var types = new List<ExtensionType>();
        var list = reader.List8("OuterExtensions", min: 2, max: 254);
        while (list.More) types.Add(new(list.U16("extension_type")));
        reader.End("ech_outer_extensions");
        return new EchOuterExtensionsExtension(types);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List8("OuterExtensions");
        foreach (var type in OuterExtensions) writer.U16(type.Code);
    }

    public override string Describe(ITokens tokens) =>
        string.Join(", ", OuterExtensions.Select(type => Grease.Label(type.Code, type.ToString())));
}
