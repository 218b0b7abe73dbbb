using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The groups that the sender supports, best first.</summary>
/// <remarks>RFC 8446, Section 4.2.7; RFC 8422, Section 5.1.1.</remarks>
public sealed record SupportedGroupsExtension(IReadOnlyList<NamedGroup> Groups) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { NamedGroup named_group_list<2..2^16-1>; } NamedGroupList;
        var list = reader.List16("named_group_list", min: 2);
        var groups = list.AllU16("named_group", code => new NamedGroup(code));
        reader.End("supported_groups");
        return new SupportedGroupsExtension(groups);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List16("named_group_list");
        foreach (var group in Groups) writer.U16(group.Code);
    }

    public override string Describe(ITokens tokens) =>
        string.Join(", ", Groups.Select(group => Grease.Label(group.Code, group.ToString())));
}
