using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Capture.Direction;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Endings;

internal static class AlertCases
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

    private const byte Warning = 1;
    private const byte Fatal = 2;
    private const byte CloseNotify = 0;
    private const byte DecryptionFailed = 21;
    private const byte HandshakeFailure = 40;
    private const byte BadCertificate = 42;
    private const byte UserCanceled = 90;

    private static readonly byte[] Text = [1, 2, 3];

    public static readonly RuleCase[] Rows =
    [
        Loud("alert-unknown", "number 200", () => With(Tls12, Fatal, 200)),
        Loud("alert-unknown", "level 3", () => With(Tls12, 3, HandshakeFailure)),
        Quiet("alert-unknown", "handshake_failure", () => With(Tls12, Fatal, HandshakeFailure)),
        Loud("alert-reserved", "decryption_failed in TLS 1.2", () => With(Tls12, Fatal, DecryptionFailed)),
        Quiet("alert-reserved", "decryption_failed in TLS 1.0", () => With(Tls10, Fatal, DecryptionFailed)),
        Loud("alert-level", "handshake_failure as a warning", () => With(Tls12, Warning, HandshakeFailure)),
        Quiet("alert-level", "handshake_failure as fatal", () => With(Tls12, Fatal, HandshakeFailure)),
        Quiet("alert-level", "bad_certificate as a warning", () => With(Tls12, Warning, BadCertificate)),
        Loud("alert-level-tls13", "bad_certificate as a warning", () => With(Tls13, Warning, BadCertificate)),
        Quiet("alert-level-tls13", "user_canceled as a warning", () => With(Tls13, Warning, UserCanceled)),
        Quiet("alert-level-tls13", "close_notify as a warning", () => With(Tls13, Warning, CloseNotify)),
        Quiet("alert-level-tls13", "bad_certificate as a warning in TLS 1.2", () =>
            With(Tls12, Warning, BadCertificate)),
        Loud("alert-not-last", "data after it", () => Then(Fatal, HandshakeFailure, Data(ServerToClient))),
        Quiet("alert-not-last", "data of the other end", () => Then(Fatal, HandshakeFailure, Data(ClientToServer))),
        Quiet("alert-not-last", "FIN after it", () => Then(Fatal, HandshakeFailure, Fin(ServerToClient))),
        Loud("close-notify-not-last", "data after it", () => Then(Warning, CloseNotify, Data(ServerToClient))),
        Quiet("close-notify-not-last", "data of the other end", () => Then(Warning, CloseNotify, Data(ClientToServer))),
        Quiet("close-notify-not-last", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("alert-ignored", "Finished two seconds later", () => FinishedAfter(milliseconds: 2000)),
        Quiet("alert-ignored", "Finished was under way", () => FinishedAfter(milliseconds: 20)),
    ];

    private static Evidence With(string name, byte level, byte description) =>
        SessionEvidence.WithAlert(Open(name), ServerToClient, level, description);

    private static Evidence Then(byte level, byte description, ConnectionEvent next) => SessionEvidence.WithEvents(
        Open(Tls12), events => [.. events, SessionEvidence.Alert(ServerToClient, level, description), next]);

    // A session that nobody has closed yet.
    private static Evidence Open(string name) =>
        SessionEvidence.WithEvents(name, events => events.Where(item => item is not AlertEvent));

    private static ApplicationDataEvent Data(Direction from) =>
        new(from, new FrameStamp(1001, 0), Text, IsEarly: false);

    private static EndEvent Fin(Direction from) => new(from, new FrameStamp(1001, 0), ConnectionEnd.Fin);

    private static Evidence FinishedAfter(long milliseconds) => SessionEvidence.WithEvents(Open(Tls12), events =>
    [
        .. events,
        SessionEvidence.Alert(ServerToClient, Fatal, HandshakeFailure),
        events.OfType<HandshakeEvent>().Last(item => item.Direction == ClientToServer) with
        {
            At = new FrameStamp(1001, milliseconds * 1_000_000),
        },
    ]);
}
