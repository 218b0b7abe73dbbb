using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Hints to a user account that the client would send in SupplementalData, or that the server takes.</summary>
/// <remarks>RFC 4681, Section 3.</remarks>
public sealed record UserMappingExtension(IReadOnlyList<UserMappingType> UserMappingTypes) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { UserMappingType user_mapping_types<1..2^8-1>; } UserMappingTypeList;
        var types = new List<UserMappingType>();
        var list = reader.List8("user_mapping_types", min: 1);
        while (list.More) types.Add(new(list.U8("user_mapping_type")));
        reader.End("user_mapping");
        return new UserMappingExtension(types);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List8("user_mapping_types");
        foreach (var type in UserMappingTypes) writer.U8(type.Code);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", UserMappingTypes);
}
