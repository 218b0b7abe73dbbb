using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>DNSSEC's proof of the server's TLSA record, or the wish for it.</summary>
/// <param name="PortNumber">A client's idea of the port that it talks to; null from a server.</param>
/// <param name="ExtSupportLifetime">Hours for which the server will go on supporting this; null from a client.</param>
/// <param name="AuthenticationChain">DNS resource records in wire format; empty from a client.</param>
/// <remarks>RFC 9102, Section 2.</remarks>
public sealed record DnssecChainExtension(
    ushort? PortNumber, ushort? ExtSupportLifetime, ReadOnlyMemory<byte> AuthenticationChain) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // client: uint16 PortNumber;
        // server: struct { uint16 ExtSupportLifetime; opaque AuthenticationChain<1..2^16-1> } DnssecChainExtension;
        var isClient = place == ExtensionPlace.ClientHello;
        var number = reader.U16(isClient ? "PortNumber" : "ExtSupportLifetime");
        var chain = isClient ? default : reader.Vector16("AuthenticationChain", min: 1);
        reader.End("dnssec_chain");
        return isClient
            ? new DnssecChainExtension(number, ExtSupportLifetime: null, default)
            : new DnssecChainExtension(PortNumber: null, number, chain);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        writer.U16(PortNumber ?? ExtSupportLifetime.GetValueOrDefault());
        if (PortNumber is null) writer.Vector16(AuthenticationChain.Span, "AuthenticationChain");
    }

    public override string Describe(ITokens tokens) => PortNumber is { } port
        ? $"port {port}"
        : $"lifetime {ExtSupportLifetime} h";
}
