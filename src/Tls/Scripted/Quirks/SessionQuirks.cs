using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Scripted.Quirks.HelloChanges;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>What a ClientHello says of sessions: ids, tickets, pre-shared keys.</summary>
internal static class SessionQuirks
{
    public static readonly IReadOnlyList<Quirk> Rows =
    [
        new("session-id-odd",
            "offers a session id of 17 octets that no server has given",
            "peers that expect 32 octets",
            "RFC 5246, Section 7.4.1.2",
            Changes(hello => hello with { SessionId = new byte[17] })),
        new("resumption-without-ems",
            "leaves extended_master_secret out of a hello that offers a session",
            "handshake_failure where the session began with it; others go on",
            "RFC 7627, Sections 5.2 and 5.3",
            behaviour => behaviour.Change<ClientHello>(hello => hello.SessionId.IsEmpty ? hello : hello with
            {
                ExtensionList = With(
                    hello, hello.Extensions.Where(item => item.Type != ExtensionType.ExtendedMasterSecret)),
            }))
        {
            Ends = QuirkEnding.Either,
            Newest = ProtocolVersion.Tls12,
        },
        new("ticket-expired",
            "offers a ticket that no server has given, as one that has expired looks",
            "peers that refuse where a new session belongs",
            "RFC 5077, Section 3.4",
            behaviour => behaviour.Change<ClientHello>(hello => hello with
            {
                SessionId = Enumerable.Repeat((byte)7, 32).ToArray(),
                ExtensionList = With(
                    hello,
                    [
                        .. hello.Extensions.Where(item => item.Type != ExtensionType.SessionTicket),
                        Raw(ExtensionType.SessionTicket, new byte[192]),
                    ]),
            }))
        {
            Newest = ProtocolVersion.Tls12,
        },
        new("psk-expired",
            "offers a pre-shared key that no server has given, as one that has expired looks",
            "peers that refuse where a new session belongs",
            "RFC 8446, Section 4.2.11",
            behaviour => behaviour.Change<ClientHello>(hello => hello with
            {
                ExtensionList = With(
                    hello,
                    [
                        .. hello.Extensions,
                        Made(ExtensionType.PreSharedKey, new PreSharedKeyExtension(
                            [new(new byte[192], 1234)], [new byte[32]], SelectedIdentity: null)),
                    ]),
            }))
        {
            Oldest = ProtocolVersion.Tls13,
        },
        new("session-id-oversized",
            "offers a session id of 33 octets",
            "decode_error",
            "RFC 8446, Section 4.1.2",
            Changes(hello => hello with { SessionId = new byte[33] }))
        {
            Ends = QuirkEnding.Refused,
        },
    ];
}
