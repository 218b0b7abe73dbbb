using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class ProvenCases
{
    private const string Ssldump = "Not enough data. Found 327 bytes (expecting 32767)";

    public static readonly DiagnosisCase[] Rows =
    [
        First("tool-misreading", "ssldump about a ServerKeyExchange that is well formed", () =>
            Flight().Fin(Client).ClientSaid("  ServerKeyExchange", Ssldump).Explain()),
        Quiet("tool-misreading", "the same about a message that is not", () => Flight()
            .Then(Client, [22, 3, 3, 0, 8, 16, 0, 0, 4, 0, 9, 1, 1]).Fin(Client).ClientSaid(Ssldump).Explain()),
        Quiet("tool-misreading", "a log that complains of something else", () =>
            Flight().Fin(Client).ClientSaid("connection reset by peer").Explain()),
        First("tool-misreading", "Wireshark about no message that it could name", () =>
            Flight().Fin(Client).ClientSaid("[Malformed Packet: TLS]").Explain()),
        First("key-exchange-fine", "its signature verifies", () => Flight().Fin(Client).Explain()),
        Quiet("key-exchange-fine", "its signature does not", () => Of(Tls12)
            .Change<ServerHello>(hello => hello with { Random = Enumerable.Repeat((byte)7, 32).ToArray() })
            .UpTo(Server, HandshakeType.ServerHelloDone).Fin(Client).Explain()),
        First("certificate-valid", "dates and name", () => Captured("openssl-unknown-ca")),
        Quiet("certificate-valid", "it had expired", () => Captured("openssl-expired")),
        First("hello-retry-fine", "it is answered", () => Of("tls13-hello-retry-request").Explain()),
        Quiet("hello-retry-fine", "there is none", () => Of(Tls13).Explain()),
        First("compatibility-change-cipher-spec", "TLS 1.3", () => Captured("tls13-unknown-ca")),
        Quiet("compatibility-change-cipher-spec", "TLS 1.2", () => Captured("openssl-expired")),
        First("ticket-refused", "a full handshake follows", () => Of("tls12-resumption")
            .Change<ClientHello>(hello => hello.With(ExtensionType.SessionTicket,
                new byte[100])).With(keys: null).Explain()),
        Quiet("ticket-refused", "it is taken", () => Captured("tls12-resumption")),
        First("early-data-refused", "EncryptedExtensions lack it", () => Of("tls13-early-data-refused", 2).Explain()),
        Quiet("early-data-refused", "there is none", () => Of("tls13-early-data-refused").Explain()),
        First("padding-fine", "the server went on", () => Captured("padding-most")),
        Quiet("padding-fine", "minimal padding", () => Captured("finished-wrong")),
        First("log-contradicts-wire", "a log tells of an expired certificate, which is valid", () =>
            Flight().Fin(Client).ClientSaid("verify error: certificate has expired").Explain()),
        Quiet("log-contradicts-wire", "it had expired", () => Of(Tls12).UpTo(Server, HandshakeType.ServerHelloDone)
            .At(new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero)).Fin(Client)
            .ClientSaid("verify error: certificate has expired").Explain()),
    ];

    private static Dialogue Flight() => Of(Tls12).UpTo(Server, HandshakeType.ServerHelloDone);
}
