using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A hash of the identity that the sender claims in signalling; empty if it claims none.</summary>
/// <remarks>RFC 8844, Section 3.2.</remarks>
public sealed record ExternalIdHashExtension(ReadOnlyMemory<byte> BindingHash) : ExtensionBody
{
    private const int HashLength = 32;

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { opaque binding_hash<0..32>; } ExternalIdentityHash;
        var hash = reader.Vector8("binding_hash", max: HashLength);
        reader.End("external_id_hash");
        if (hash.Length is not (0 or HashLength))
            reader.Reject("binding_hash", $"Expected 0 or {HashLength} octets. Got: {hash.Length}");
        return new ExternalIdHashExtension(hash);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) =>
        writer.Vector8(BindingHash.Span, "binding_hash");

    public override string Describe(ITokens tokens) =>
        BindingHash.IsEmpty ? "(empty)" : tokens.Token("IdentityHash", BindingHash.Span);
}
