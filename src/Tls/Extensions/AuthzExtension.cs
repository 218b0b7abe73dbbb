using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Forms of authorization data: client_authz for the client's own, server_authz for the server's.</summary>
/// <remarks>RFC 5878, Section 2.3.</remarks>
public sealed record AuthzExtension(IReadOnlyList<AuthzDataFormat> AuthzFormatList) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // AuthzDataFormats authz_format_list<1..2^8-1>;
        var formats = new List<AuthzDataFormat>();
        var list = reader.List8("authz_format_list", min: 1);
        while (list.More) formats.Add(new(list.U8("authz_format")));
        reader.End("authz");
        return new AuthzExtension(formats);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List8("authz_format_list");
        foreach (var format in AuthzFormatList) writer.U8(format.Code);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", AuthzFormatList);
}
