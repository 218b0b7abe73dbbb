using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>One name.</summary>
/// <param name="NameType">What the name is: 0 for host_name, the only one defined.</param>
/// <param name="Name">The name.</param>
public readonly record struct ServerNameEntry(byte NameType, ReadOnlyMemory<byte> Name);

/// <summary>The name of the server that the client means.</summary>
/// <param name="Names">In wire order; more than one of a type is not allowed.</param>
/// <remarks>RFC 6066, Section 3.</remarks>
public sealed record ServerNameExtension(IReadOnlyList<ServerNameEntry> Names) : ExtensionBody
{
    private const byte HostName = 0;

    /// <summary>The names of type host_name as text; octets that are not ASCII are escaped.</summary>
    public IReadOnlyList<string> HostNames { get; } =
        [.. Names.Where(name => name.NameType == HostName).Select(name => Printable.Ascii(name.Name.Span))];

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello) return EmptyExtension.Read(ref reader, place);

        // struct { NameType name_type; select (name_type) { case host_name: HostName; } name; } ServerName;
        // struct { ServerName server_name_list<1..2^16-1> } ServerNameList;
        var names = new List<ServerNameEntry>();
        var list = reader.List16("server_name_list", min: 1);
        while (list.More)
        {
            var nameType = list.U8("name_type");
            var name = list.Vector16("name", min: 1);
            if (list.Fault is null) names.Add(new(nameType, name));
        }
        reader.End("server_name");
        return new ServerNameExtension(names);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List16("server_name_list");
        foreach (var (nameType, name) in Names)
        {
            writer.U8(nameType);
            writer.Vector16(name.Span, "name");
        }
    }

    public override string Describe(ITokens tokens) => string.Join(", ", HostNames);
}
