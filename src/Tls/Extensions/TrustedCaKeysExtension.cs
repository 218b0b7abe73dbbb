using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>An authority that the client trusts.</summary>
/// <param name="IdentifierType">How it is named.</param>
/// <param name="Identifier">A SHA-1 hash of its key or certificate, or its name in DER; empty if pre-agreed.</param>
public readonly record struct TrustedAuthority(TrustedAuthorityType IdentifierType, ReadOnlyMemory<byte> Identifier);

/// <summary>The authorities that a client with little memory trusts.</summary>
/// <remarks>RFC 6066, Section 6. A server answers with an empty extension.</remarks>
public sealed record TrustedCaKeysExtension(IReadOnlyList<TrustedAuthority> TrustedAuthoritiesList) : ExtensionBody
{
    private const int Sha1Length = 20;

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello) return EmptyExtension.Read(ref reader, place);

        // struct {
        //     IdentifierType identifier_type;
        //     select (identifier_type) {
        //         case pre_agreed: struct {};          case key_sha1_hash: opaque SHA1Hash[20];
        //         case x509_name: DistinguishedName;   case cert_sha1_hash: opaque SHA1Hash[20];
        //     } identifier;
        // } TrustedAuthority;   opaque DistinguishedName<1..2^16-1>;
        // struct { TrustedAuthority trusted_authorities_list<0..2^16-1>; } TrustedAuthorities;
        var authorities = new List<TrustedAuthority>();
        var list = reader.List16("trusted_authorities_list");
        while (list.More)
        {
            var type = new TrustedAuthorityType(list.U8("identifier_type"));
            var identifier = ReadIdentifier(ref list, type);
            if (list.Fault is null) authorities.Add(new(type, identifier));
        }
        reader.End("trusted_ca_keys");
        return new TrustedCaKeysExtension(authorities);
    }

    private static ReadOnlyMemory<byte> ReadIdentifier(ref WireReader reader, TrustedAuthorityType type)
    {
        if (type == TrustedAuthorityType.PreAgreed) return default;
        if (type == TrustedAuthorityType.X509Name) return reader.Vector16("distinguished_name", min: 1);
        if (type == TrustedAuthorityType.KeySha1Hash || type == TrustedAuthorityType.CertSha1Hash)
            return reader.Take(Sha1Length, "SHA1Hash");
        reader.Reject("identifier_type", $"Expected a known type, since it decides the length. Got: {type}");
        return default;
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List16("trusted_authorities_list");
        foreach (var authority in TrustedAuthoritiesList)
        {
            writer.U8(authority.IdentifierType.Code);
            if (authority.IdentifierType == TrustedAuthorityType.X509Name)
                writer.Vector16(authority.Identifier.Span, "distinguished_name");
            else
                writer.Opaque(authority.Identifier.Span);
        }
    }

    public override string Describe(ITokens tokens) =>
        string.Join(", ", TrustedAuthoritiesList.Select(authority => authority.IdentifierType));
}
