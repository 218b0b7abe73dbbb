using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The versions that the client offers, best first, or the one that the server selected.</summary>
/// <param name="Versions">A client's list; a server's single choice.</param>
/// <remarks>RFC 8446, Section 4.2.1.</remarks>
public sealed record SupportedVersionsExtension(IReadOnlyList<ProtocolVersion> Versions) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // case client_hello: ProtocolVersion versions<2..254>;
        // case server_hello: ProtocolVersion selected_version;
        List<ProtocolVersion> versions;
        if (place == ExtensionPlace.ClientHello)
        {
            var list = reader.List8("versions", min: 2, max: 254);
            versions = list.AllU16("version", code => new ProtocolVersion(code));
        }
        else
        {
            versions = [new(reader.U16("selected_version"))];
        }
        reader.End("supported_versions");
        return new SupportedVersionsExtension(versions);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (place == ExtensionPlace.ClientHello)
        {
            using var list = writer.List8("versions");
            WriteVersions(writer);
        }
        else
        {
            WriteVersions(writer);
        }
    }

    private void WriteVersions(WireWriter writer)
    {
        foreach (var version in Versions) writer.U16(version.Code);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", Versions.Select(version => version.Number));
}
