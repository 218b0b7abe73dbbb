using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Tokens of the application can be bound to a key of the client.</summary>
/// <param name="Major">Major version of the token binding protocol.</param>
/// <param name="Minor">Minor version.</param>
/// <param name="KeyParametersList">Kinds of keys: a client's offer, best first; a server's one choice.</param>
/// <remarks>RFC 8472, Section 2.</remarks>
public sealed record TokenBindingExtension(
    byte Major, byte Minor, IReadOnlyList<TokenBindingKeyParameters> KeyParametersList) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { uint8 major; uint8 minor; } TB_ProtocolVersion;
        // struct { TB_ProtocolVersion token_binding_version; TokenBindingKeyParameters key_parameters_list<1..2^8-1>; }
        //     TokenBindingParameters;
        var major = reader.U8("major");
        var minor = reader.U8("minor");
        var parameters = new List<TokenBindingKeyParameters>();
        var list = reader.List8("key_parameters_list", min: 1);
        while (list.More) parameters.Add(new(list.U8("key_parameters")));
        reader.End("token_binding");
        return new TokenBindingExtension(major, minor, parameters);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        writer.U8(Major);
        writer.U8(Minor);
        using var list = writer.List8("key_parameters_list");
        foreach (var parameters in KeyParametersList) writer.U8(parameters.Code);
    }

    public override string Describe(ITokens tokens) => $"{Major}.{Minor}, {string.Join(", ", KeyParametersList)}";
}
