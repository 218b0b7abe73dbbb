using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Resumption;

internal static class RenegotiationCases
{
    private static readonly ExtensionType Info = ExtensionType.RenegotiationInfo;

    public static readonly RuleCase[] Rows =
    [
        Loud("renegotiation-info-initial", "of a client", () => Offer(Tls12, hello => hello.With(Info, 1, 7))),
        Loud("renegotiation-info-initial", "of a server", () => Choice(Tls12, hello => hello.With(Info, 1, 7))),
        Quiet("renegotiation-info-initial", "empty", () => Offer(Tls12, hello => hello.With(Info, 0))),
        Quiet("renegotiation-info-initial", "full in a renegotiation", () => SessionEvidence.Of(Tls12Renegotiated)),

        Loud("renegotiation-info-absent", "asked for by the signalling suite",
            () => Choice(Tls12, hello => hello.Without(Info))),
        Quiet("renegotiation-info-absent", "answered", () => SessionEvidence.Of(Tls12)),
        Quiet("renegotiation-info-absent", "TLS 1.3", () => SessionEvidence.Of(Tls13)),
        Quiet("renegotiation-info-absent", "not asked for", () => Both(
            Tls12,
            hello => hello with { CipherSuites = [new CipherSuite(0xc02f)] },
            hello => hello.Without(Info))),

        Loud("renegotiation-info-wrong", "of a client", () => Client2(hello => hello.With(Info, 1, 7))),
        Loud("renegotiation-info-wrong", "of a server, empty", () => Server2(hello => hello.With(Info, 0))),
        Quiet("renegotiation-info-wrong", "verify_data of the handshake before",
            () => SessionEvidence.Of(Tls12Renegotiated)),
        Quiet("renegotiation-info-wrong", "dropped, which another rule says",
            () => Client2(hello => hello.Without(Info))),

        Loud("renegotiation-info-dropped", "by the client", () => Client2(hello => hello.Without(Info))),
        Loud("renegotiation-info-dropped", "by the server", () => Server2(hello => hello.Without(Info))),
        Quiet("renegotiation-info-dropped", "kept", () => SessionEvidence.Of(Tls12Renegotiated)),

        Loud("renegotiation-scsv", "sent again",
            () => Client2(hello => hello with { CipherSuites = [.. hello.CipherSuites, new CipherSuite(0x00ff)] })),
        Quiet("renegotiation-scsv", "sent at first", () => SessionEvidence.Of(Tls12Renegotiated)),

        Loud("renegotiation-insecure", "not agreed on at first",
            () => Nth<ServerHello>(Tls12Renegotiated, 0, hello => hello.Without(Info))),
        Quiet("renegotiation-insecure", "agreed on", () => SessionEvidence.Of(Tls12Renegotiated)),

        Loud("renegotiation-in-tls13", "another hello", () => Inserted(
            Tls13, (Client, HandshakeType.Finished), (Client, HandshakeType.ClientHello), handshake: 1)),
        Quiet("renegotiation-in-tls13", "a second hello after HelloRetryRequest", () => SessionEvidence.Of(Tls13Retry)),
        Quiet("renegotiation-in-tls13", "TLS 1.2", () => SessionEvidence.Of(Tls12Renegotiated)),
    ];

    private static Evidence Client2(Func<ClientHello, ClientHello> change) => Nth(Tls12Renegotiated, 1, change);

    private static Evidence Server2(Func<ServerHello, ServerHello> change) => Nth(Tls12Renegotiated, 1, change);
}
