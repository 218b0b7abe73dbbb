using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Resumption;

internal static class ResumptionCases
{
    private static readonly byte[] Id = [1, 2, 3];
    private static readonly byte[] OtherId = [4, 5, 6];

    public static readonly RuleCase[] Rows =
    [
        Loud("resumed-other-session", "by id", () => Choice(Tls12ById, hello => hello with { SessionId = OtherId })),
        Loud("resumed-other-session", "by ticket",
            () => Choice(Tls12ByTicket, hello => hello with { SessionId = OtherId })),
        Quiet("resumed-other-session", "the same", () => SessionEvidence.Of(Tls12ById)),
        Quiet("resumed-other-session", "a full handshake instead", () => Full(Id, OtherId)),

        Loud("resumed-unasked", "neither id nor ticket",
            () => Offer(Tls12ById, hello => hello with { SessionId = default })),
        Quiet("resumed-unasked", "a ticket alone", () => Both(
            Tls12ByTicket, hello => hello with { SessionId = default }, hello => hello with { SessionId = default })),

        Loud("session-id-echo-without-resumption", "a full handshake", () => Full(Id, Id)),
        Quiet("session-id-echo-without-resumption", "an id of its own", () => Full(Id, OtherId)),
        Quiet("session-id-echo-without-resumption", "a resumption", () => SessionEvidence.Of(Tls12ById)),
        Quiet("session-id-echo-without-resumption", "TLS 1.3", () => SessionEvidence.Of(Tls13)),

        Loud("resumed-other-suite", "AES-256",
            () => Resumed(hello => hello with { CipherSuite = new CipherSuite(0xc030) })),
        Quiet("resumed-other-suite", "the same", () => Resumed(hello => hello)),
        Loud("resumed-other-version", "TLS 1.1",
            () => Resumed(hello => hello with { LegacyVersion = ProtocolVersion.Tls11 })),
        Quiet("resumed-other-version", "the same", () => Resumed(hello => hello)),
        Loud("resumed-extended-master-secret", "dropped",
            () => Resumed(hello => hello.Without(ExtensionType.ExtendedMasterSecret))),
        Quiet("resumed-extended-master-secret", "kept", () => Resumed(hello => hello)),
        Quiet("resumed-extended-master-secret", "dropped in a full handshake", () => Nth<ServerHello>(
            Tls12Renegotiated, 1, hello => hello.Without(ExtensionType.ExtendedMasterSecret))),

        Loud("ticket-not-agreed", "no promise",
            () => Choice(Tls12, hello => hello.Without(ExtensionType.SessionTicket))),
        Quiet("ticket-not-agreed", "as promised", () => SessionEvidence.Of(Tls12)),
        Quiet("ticket-not-agreed", "TLS 1.3", () => SessionEvidence.Of(Tls13)),

        Loud("ticket-missing", "promised", () => Without(Tls12, Server, HandshakeType.NewSessionTicket)),
        Quiet("ticket-missing", "promised, and not captured",
            () => NotCaptured(Tls12, Server, HandshakeType.NewSessionTicket)),
        Quiet("ticket-missing", "not promised", () => SessionEvidence.Of(Tls12ByTicket)),
    ];

    private static Evidence Full(byte[] asked, byte[] answered) => Both(
        Tls12, hello => hello with { SessionId = asked }, hello => hello with { SessionId = answered });

    // A connection whose second handshake resumes what the first one began.
    private static Evidence Resumed(Func<ServerHello, ServerHello> second)
    {
        var evidence = Both(
            Tls12Renegotiated, hello => hello with { SessionId = Id }, hello => hello with { SessionId = Id });
        HandshakeType[] ofFullHandshake =
            [HandshakeType.Certificate, HandshakeType.ServerKeyExchange, HandshakeType.ServerHelloDone];
        var skipped = evidence.Connection.Messages
            .Where(item => item.Handshake == 1 && Is(item, Server, ofFullHandshake)).ToHashSet<object>();
        var events = evidence.Connection.Events.Where(item => !skipped.Contains(item)).Select(item =>
            item is HandshakeEvent { Handshake: 1, Message.Body: ServerHello hello } message
                ? message with { Message = message.Message with { Body = second(hello) } }
                : item);
        return new Evidence(
            new DecodedConnection([.. events], evidence.Connection.Records), evidence.KeyLog);
    }
}
