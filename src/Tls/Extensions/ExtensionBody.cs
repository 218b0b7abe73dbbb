using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The content of an extension.</summary>
public abstract record ExtensionBody
{
    /// <summary>What stands behind the extension's name in a snapshot; empty if the name says all.</summary>
    public abstract string Describe(ITokens tokens);

    /// <summary>Writes the extension_data: what was read without a fault gives the same octets again.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="place">The message that it stands in.</param>
    public abstract void Write(WireWriter writer, ExtensionPlace place);
}

/// <summary>Content that nothing here knows how to read.</summary>
public sealed record UnknownExtensionBody(ReadOnlyMemory<byte> Data) : ExtensionBody
{
    public override void Write(WireWriter writer, ExtensionPlace place) => writer.Opaque(Data.Span);

    public override string Describe(ITokens tokens) => Data.IsEmpty ? "" : $"{Data.Length} bytes";
}

/// <summary>An extension whose presence is all that it says.</summary>
/// <remarks>
/// extended_master_secret: RFC 7627, Section 5.1; encrypt_then_mac: RFC 7366, Section 2; post_handshake_auth: RFC 8446,
/// Section 4.2.6; server_name of a server: RFC 6066, Section 3; status_request of a TLS 1.2 server: Section 8.
/// </remarks>
public sealed record EmptyExtension : ExtensionBody
{
    public static EmptyExtension Read(ref WireReader reader, ExtensionPlace place)
    {
        reader.End("extension_data");
        return new();
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        // struct {} Empty;
    }

    public override string Describe(ITokens tokens) => "";
}
