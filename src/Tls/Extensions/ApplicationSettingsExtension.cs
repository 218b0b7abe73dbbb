using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Settings of the application protocol inside the handshake (ALPS).</summary>
/// <param name="SupportedProtocols">ClientHello: the protocols for which the client has settings; else none.</param>
/// <param name="Settings">The settings in EncryptedExtensions; empty in a ClientHello.</param>
/// <remarks>draft-vvv-tls-alps-01, Section 4; browsers send it under two code points.</remarks>
public sealed record ApplicationSettingsExtension(
    IReadOnlyList<ReadOnlyMemory<byte>> SupportedProtocols, ReadOnlyMemory<byte> Settings) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello) return new ApplicationSettingsExtension([], reader.Rest());

        // struct { ProtocolName supported_protocols<2..2^16-1>; } ApplicationSettingsSupport;
        var protocols = new List<ReadOnlyMemory<byte>>();
        var list = reader.List16("supported_protocols", min: 2);
        while (list.More)
        {
            var protocol = list.Vector8("protocol_name", min: 1);
            if (list.Fault is null) protocols.Add(protocol);
        }
        reader.End("application_settings");
        return new ApplicationSettingsExtension(protocols, default);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello)
        {
            writer.Opaque(Settings.Span);
            return;
        }
        using var list = writer.List16("supported_protocols");
        foreach (var protocol in SupportedProtocols) writer.Vector8(protocol.Span, "protocol_name");
    }

    public override string Describe(ITokens tokens) => SupportedProtocols.Count > 0
        ? string.Join(", ", SupportedProtocols.Select(protocol => Printable.Ascii(protocol.Span)))
        : $"settings {Settings.Length} bytes";
}
