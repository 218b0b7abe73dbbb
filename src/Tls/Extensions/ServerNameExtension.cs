using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The name of the server that the client means.</summary>
/// <param name="HostNames">
/// In wire order; more than one is not allowed. Names of other types are in the raw data only.
/// </param>
/// <remarks>RFC 6066, Section 3.</remarks>
public sealed record ServerNameExtension(IReadOnlyList<string> HostNames) : ExtensionBody
{
    private const byte HostName = 0;

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello) return EmptyExtension.Read(ref reader, place);

        // struct { NameType name_type; select (name_type) { case host_name: HostName; } name; } ServerName;
        // struct { ServerName server_name_list<1..2^16-1> } ServerNameList;
        var names = new List<string>();
        var list = reader.List16("server_name_list", min: 1);
        while (list.More)
        {
            var nameType = list.U8("name_type");
            var name = list.Vector16("name", min: 1);
            if (nameType == HostName && list.Fault is null) names.Add(Printable.Ascii(name.Span));
        }
        reader.End("server_name");
        return new ServerNameExtension(names);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", HostNames);
}
