using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>What a stack's own ClientHello offers: read to learn what the stack has, not to judge it.</summary>
/// <param name="Suites">cipher_suites, in order.</param>
/// <param name="Groups">supported_groups, in order; empty without the extension.</param>
internal sealed record ClientHelloOffer(IReadOnlyList<ushort> Suites, IReadOnlyList<ushort> Groups)
{
    /// <summary>
    /// Reads the ClientHello at the start of what a client wrote; null if that is no whole ClientHello in one record.
    /// </summary>
    public static ClientHelloOffer? Read(ReadOnlyMemory<byte> written)
    {
        // RFC 8446, Section 5.1
        // struct { ContentType type; ProtocolVersion legacy_record_version; uint16 length; opaque fragment[length]; }
        var reader = new WireReader(written);
        var type = new ContentType(reader.U8("type"));
        _ = reader.U16("legacy_record_version");
        var fragment = reader.Vector16("fragment");
        return reader.Fault is null && type == ContentType.Handshake
            && HandshakeMessage.Read(fragment, default) is { Body: ClientHello hello, Fault: null }
                ? new(
                    [.. hello.CipherSuites.Select(suite => suite.Code)],
                    [.. (hello.Extensions.Find<SupportedGroupsExtension>()?.Groups ?? []).Select(group => group.Code)])
                : null;
    }
}
