using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The sender knows heartbeats.</summary>
/// <remarks>RFC 6520, Section 2.</remarks>
public sealed record HeartbeatExtension(HeartbeatMode Mode) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { HeartbeatMode mode; } HeartbeatExtension;
        var mode = new HeartbeatMode(reader.U8("mode"));
        reader.End("heartbeat");
        return new HeartbeatExtension(mode);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.U8(Mode.Code);

    public override string Describe(ITokens tokens) => Mode.ToString();
}
