using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Order;

internal static class OrderCases
{
    private static readonly HandshakeType Done = HandshakeType.ServerHelloDone;
    private static readonly HandshakeType Exchange = HandshakeType.ServerKeyExchange;
    private static readonly HandshakeType Finished = HandshakeType.Finished;
    private static readonly HandshakeType KeyUpdate = HandshakeType.KeyUpdate;

    public static readonly RuleCase[] Rows =
    [
        Loud("message-out-of-order", "ServerKeyExchange before Certificate", () => Moved(
            Tls12, item => Is(item, Server, Exchange), item => Is(item, Server, HandshakeType.Certificate))),
        Loud("message-out-of-order", "CertificateVerify before Certificate", () => Moved(
            Tls13,
            item => Is(item, Server, HandshakeType.CertificateVerify),
            item => Is(item, Server, HandshakeType.Certificate))),
        Loud("message-out-of-order", "ServerHelloDone twice", () => Inserted(Tls12, (Server, Done), (Server, Done))),
        Loud("message-out-of-order", "a second ClientHello unasked", () => Inserted(
            Tls13, (Client, HandshakeType.ClientHello), (Client, HandshakeType.ClientHello))),
        Loud("message-out-of-order", "KeyUpdate before Finished", () => Inserted(
            Tls13, (Server, HandshakeType.EncryptedExtensions), (Server, KeyUpdate))),
        Loud("message-out-of-order", "Certificate after Finished", () => Inserted(
            Tls12, (Server, Finished), (Server, HandshakeType.Certificate))),
        Quiet("message-out-of-order", "HelloRetryRequest", () => SessionEvidence.Of(Tls13Retry)),
        Quiet("message-out-of-order", "KeyUpdate after Finished", () => SessionEvidence.Of(Tls13KeyUpdate)),
        Quiet("message-out-of-order", "a renegotiation", () => SessionEvidence.Of(Tls12Renegotiated)),
        Quiet("message-out-of-order", "client certificates", () => SessionEvidence.Of(Tls13ClientCertificate)),
        Quiet("message-out-of-order", "behind a gap", () => SessionEvidence.WithEvents(Tls12, events =>
            events.SelectMany(item => (ConnectionEvent[])(Is(item, Server, HandshakeType.Certificate)
                ? [new GapEvent(Server, item.At, 9), item, item]
                : [item])))),

        Loud("message-without-place", "KeyUpdate in TLS 1.2",
            () => Inserted(Tls12, (Client, Finished), (Client, KeyUpdate))),
        Loud("message-without-place", "HelloRequest in TLS 1.3", () => Inserted(
            Tls13, (Server, Finished), (Server, HandshakeType.HelloRequest))),
        Loud("message-without-place", "ServerHelloDone of a client", () => Inserted(
            Tls12, (Client, HandshakeType.ClientKeyExchange), (Client, Done))),
        Loud("message-without-place", "ClientHello of a server", () => SessionEvidence.WithWire(
            Tls12, records =>
            [
                .. records.TakeWhile(record => record.Type == 22), records[0] with { From = Server },
                .. records.SkipWhile(record => record.Type == 22),
            ])),
        Quiet("message-without-place", "ClientHello of a client that renegotiates",
            () => SessionEvidence.Of(Tls12Renegotiated)),
        Quiet("message-without-place", "HelloRequest in TLS 1.2", () => Inserted(
            Tls12, (Server, Finished), (Server, HandshakeType.HelloRequest))),
        Quiet("message-without-place", "one that nobody defined", () => Inserted(
            Tls12, (Client, Finished), (Client, new HandshakeType(200)))),

        Loud("change-cipher-spec-early", "of a client before its key exchange", () => Moved(
            Tls12,
            item => item is ChangeCipherSpecEvent { Direction: Client },
            item => Is(item, Client, HandshakeType.ClientKeyExchange))),
        Loud("change-cipher-spec-early", "of a client before the server's flight", () => Moved(
            Tls12, item => item is ChangeCipherSpecEvent { Direction: Client }, item => Is(item, Server, Exchange))),
        Loud("change-cipher-spec-early", "of a server before the client's", () => Moved(
            Tls12,
            item => item is ChangeCipherSpecEvent { Direction: Server },
            item => Is(item, Client, HandshakeType.ClientKeyExchange))),
        Quiet("change-cipher-spec-early", "a full handshake", () => SessionEvidence.Of(Tls12)),
        Quiet("change-cipher-spec-early", "a resumption", () => SessionEvidence.Of(Tls12ByTicket)),
        Quiet("change-cipher-spec-early", "a key exchange that was not captured",
            () => NotCaptured(Tls12, Client, HandshakeType.ClientKeyExchange)),

        Loud("finished-unprotected", "of a client", () => NoChange(Client)),
        Loud("finished-unprotected", "of a server", () => NoChange(Server)),
        Quiet("finished-unprotected", "both protected", () => SessionEvidence.Of(Tls12)),
        Quiet("finished-unprotected", "TLS 1.3", () => SessionEvidence.Of(Tls13)),

        Quiet("data-before-finished", "a false start", () => Moved(
            Tls12,
            item => item is ApplicationDataEvent { Direction: Client },
            item => Is(item, Server, HandshakeType.NewSessionTicket))),
        Loud("data-before-finished", "before the client's own Finished", () => Moved(
            Tls12, item => item is ApplicationDataEvent { Direction: Client }, item => Is(item, Client, Finished))),
        Loud("data-before-finished", "of a server", () => Moved(
            Tls12, item => item is ApplicationDataEvent { Direction: Server }, item => Is(item, Client, Finished))),
        Loud("data-before-finished", "a false start without forward secrecy", () => Moved(
            "tls1.2-RSA_WITH_AES_128_GCM_SHA256",
            item => item is ApplicationDataEvent { Direction: Client },
            item => item is ChangeCipherSpecEvent { Direction: Server })),
        Loud("data-before-finished", "a false start of TLS 1.1", () => Moved(
            "tls1.1-ECDHE_RSA_WITH_AES_128_CBC_SHA",
            item => item is ApplicationDataEvent { Direction: Client },
            item => item is ChangeCipherSpecEvent { Direction: Server })),
        Quiet("data-before-finished", "data behind both", () => SessionEvidence.Of(Tls12)),
        Quiet("data-before-finished", "early data of TLS 1.3", () => SessionEvidence.Of(Tls13EarlyData)),

        Loud("key-update-unanswered", "none", () => Without(Tls13KeyUpdate, Server, KeyUpdate)),
        Quiet("key-update-unanswered", "one for each", () => SessionEvidence.Of(Tls13KeyUpdate)),

        Loud("hello-request-unanswered", "ignored", () => Inserted(
            Tls12, (Server, Finished), (Server, HandshakeType.HelloRequest))),
        Quiet("hello-request-unanswered", "answered", () => Inserted(
            Tls12Renegotiated, (Server, Finished), (Server, HandshakeType.HelloRequest))),
    ];

    private static Evidence NoChange(Direction from) => SessionEvidence.WithEvents(
        Tls12, events => events.Where(item => item is not ChangeCipherSpecEvent || item.Direction != from));
}
