using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class ResumptionCases
{
    private const string Resumption = "tls12-resumption";
    private const string Retry = "tls13-hello-retry-request";

    public static readonly DiagnosisCase[] Rows =
    [
        First("resumption-changed", "nobody asked for it", () => Of(Resumption, 2)
            .Change<ClientHello>(hello => hello.With(ExtensionType.SessionTicket) with { SessionId = default })
            .UpTo(Server, HandshakeType.Finished).Reset(Client).With(keys: null).Explain()),
        Quiet("resumption-changed", "as it began", () => Of(Resumption, 2).Explain()),
        Among("resumption-refused-by-end", "FIN at a ticket, and a full handshake gets through", () =>
            Of(Resumption, 2).UpTo(Client, HandshakeType.ClientHello).Fin(Server).Beside(Of(Resumption)).Explain()),
        Quiet("resumption-refused-by-end", "FIN at a hello without a session", () =>
            Of(Resumption).UpTo(Client, HandshakeType.ClientHello).Fin(Server).Explain()),
        Among("extended-master-secret-disagreement", "40 behind a server without it", () => Of(Tls12)
            .Change<ServerHello>(hello => hello.Without(ExtensionType.ExtendedMasterSecret))
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 40).Explain()),
        Quiet("extended-master-secret-disagreement", "40 behind a server with it", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 40).Explain()),
        First("renegotiation-info-missing", "40 behind a server without it", () => Of(Tls12)
            .Change<ServerHello>(hello => hello.Without(ExtensionType.RenegotiationInfo))
            .UpTo(Server, HandshakeType.ServerHello).Alert(Client, 40).Explain()),
        Quiet("renegotiation-info-missing", "40 behind a server with it", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHello).Alert(Client, 40).Explain()),
        First("renegotiation-refused", "OpenSSL says no_renegotiation", () => Captured("renegotiation-refused")),
        Quiet("renegotiation-refused", "it is done", () => Of("tls12-renegotiation").Explain()),
        First("hello-retry-refused", "RST at HelloRetryRequest", () =>
            Of(Retry).First(2).Reset(Client).Explain()),
        First("hello-retry-refused", "handshake_failure to the second hello", () =>
            Of(Retry).UpTo(Client, HandshakeType.ClientHello, nth: 2).Alert(Server, 40).Explain()),
        Quiet("hello-retry-refused", "it is answered", () => Of(Retry).Explain()),
        First("closed-after-handshake", "FIN, and nothing was said", () => Of(Tls12)
            .UpTo(Server, HandshakeType.Finished).Fin(Server).Explain()),
        Quiet("closed-after-handshake", "something was said", () => Of(Tls12).Explain()),
    ];
}
