using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Packets;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class ClosingCases
{
    public static readonly DiagnosisCase[] Rows =
    [
        First("connection-refused", "RST to a SYN", () => Empty.Reset(Server).Knowing(Opened(1, false)).Explain()),
        Quiet("connection-refused", "RST behind SYN and ACK", () =>
            Empty.Reset(Server).Knowing(Opened(1, true)).Explain()),
        First("nobody-answers", "three SYN", () => Empty.Knowing(Opened(3, false)).Explain()),
        Quiet("nobody-answers", "SYN and ACK", () => Empty.Knowing(Opened(1, true)).Explain()),
        First("closed-after-accept", "FIN of the server", () => Empty.Fin(Server).Knowing(Opened(1, true)).Explain()),
        Quiet("closed-after-accept", "FIN of the client", () => Empty.Fin(Client).Knowing(Opened(1, true)).Explain()),
        First("middlebox-reset", "a RST from nearer", () => Hello().Reset(Server).Knowing(Hops(57, 64, 2)).Explain()),
        Quiet("middlebox-reset", "a RST from as far", () => Hello().Reset(Server).Knowing(Hops(57, 57, 2)).Explain()),
        First("closed-after-client-hello", "FIN", () => Hello().Fin(Server).Explain()),
        Quiet("closed-after-client-hello", "an alert", () => Hello().Alert(Server, 40).Fin(Server).Explain()),
        First("client-hello-unanswered", "the client waits for ten seconds",
            () => Hello().Fin(Client, 10_000).Explain()),
        Quiet("client-hello-unanswered", "it leaves at once", () => Hello().Fin(Client, 10).Explain()),
        First("handshake-stalls", "behind the server's flight", () =>
            Of(Tls12).UpTo(Server, HandshakeType.ServerHelloDone).Explain()),
        Quiet("handshake-stalls", "it goes through", () => Of(Tls12).Explain()),
        First("closed-in-handshake", "the server closes behind its flight", () =>
            Of(Tls12).UpTo(Client, HandshakeType.ClientKeyExchange).Fin(Server).Explain()),
        Quiet("closed-in-handshake", "it goes through", () => Of(Tls12).Explain()),
        First("no-close-notify", "FIN behind data", () => WithoutGoodbye().Fin(Server).Fin(Client).Explain()),
        Quiet("no-close-notify", "close_notify", () => Of(Tls12).Explain()),
        First("user-canceled", "90, and FIN", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 90, level: 1).Fin(Client).Explain()),
        Quiet("user-canceled", "FIN alone", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Fin(Client).Explain()),
    ];

    private static Dialogue Hello() => Of(Tls12).UpTo(Client, HandshakeType.ClientHello);

    // Data went both ways, and then each end said close_notify.
    private static Dialogue WithoutGoodbye()
    {
        var whole = Of(Tls12).Open();
        return whole.First(whole.LastRecord(Server, 23) + 1);
    }

    private static Func<DiagnosisContext, DiagnosisContext> Opened(int openings, bool isAccepted) =>
        context => context with { Packets = new PacketTraits { Openings = openings, IsAccepted = isAccepted } };

    private static Func<DiagnosisContext, DiagnosisContext> Hops(int usual, int ofReset, long frame) =>
        context => context with
        {
            Packets = new PacketTraits
            {
                Openings = 1, IsAccepted = true, HopsOfResetter = new Dictionary<int, int> { [usual] = 3 },
                HopsOfReset = ofReset, ResetFrame = frame,
            },
        };
}
