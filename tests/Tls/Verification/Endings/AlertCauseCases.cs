using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Tests.Verification.Certificates;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Capture.Direction;
using static TlsInterop.Tls.Tests.Verification.Certificates.MadeCertificate;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Endings;

internal static class AlertCauseCases
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    private const byte BadRecordMac = 20;
    private const byte HandshakeFailure = 40;
    private const byte BadCertificate = 42;
    private const byte UnsupportedCertificate = 43;
    private const byte CertificateExpired = 45;
    private const byte UnknownCa = 48;
    private const byte DecodeError = 50;
    private const byte DecryptError = 51;
    private const byte WrongVersion = 70;

    public static readonly RuleCase[] Rows =
    [
        Loud("alert-hides-expiry", "unsupported_certificate for one of 2025", () =>
            Refused(Expired(), UnsupportedCertificate)),
        Loud("alert-hides-expiry", "bad_certificate for one of 2025", () => Refused(Expired(), BadCertificate)),
        Quiet("alert-hides-expiry", "certificate_expired for one of 2025", () =>
            Refused(Expired(), CertificateExpired)),
        Quiet("alert-hides-expiry", "unknown_ca for one of 2025", () => Refused(Expired(), UnknownCa)),
        Quiet("alert-hides-expiry", "bad_certificate for one that is valid", () =>
            Refused(ChainEvidence.Healthy(), BadCertificate)),
        Loud("alert-without-expiry", "one that is valid", () => Refused(ChainEvidence.Healthy(), CertificateExpired)),
        Quiet("alert-without-expiry", "one of 2025", () => Refused(Expired(), CertificateExpired)),
        Loud("alert-hides-version", "handshake_failure for TLS 1.2, which was not offered", () =>
            Refused(Offering11(), HandshakeFailure)),
        Quiet("alert-hides-version", "protocol_version for TLS 1.2, which was not offered", () =>
            Refused(Offering11(), WrongVersion)),
        Quiet("alert-hides-version", "handshake_failure for a version that was offered", () =>
            Refused(Open(Tls12), HandshakeFailure)),
        Loud("alert-without-decode-error", "all messages decode", () => Refused(Open(Tls12), DecodeError)),
        Quiet("alert-without-decode-error", "ServerKeyExchange does not decode", () => Refused(Faulty(), DecodeError)),
        Quiet("alert-without-decode-error", "Finished is an octet too short", () =>
            Refused(ShortFinished(), DecodeError)),
        Quiet("alert-without-decode-error", "handshake_failure", () => Refused(Open(Tls12), HandshakeFailure)),
        Loud("alert-without-record-error", "all records open", () => Refused(Open(Tls10), BadRecordMac)),
        Quiet("alert-without-record-error", "nobody knows: there are no secrets", () =>
            Refused(Closed(), BadRecordMac)),
        Loud("alert-without-wrong-proof", "signature and Finished fit", () => Refused(Open(Tls12), DecryptError)),
        Quiet("alert-without-wrong-proof", "the signature does not fit", () => Refused(WrongSignature(), DecryptError)),
    ];

    private static Evidence Refused(Evidence evidence, byte description) =>
        SessionEvidence.WithAlert(evidence, ClientToServer, 2, description);

    private static Evidence Expired() =>
        ChainEvidence.Server(Leaf with { FirstYear = 2025, LastYear = 2025 }, Intermediate);

    private static Evidence Open(string name) =>
        SessionEvidence.WithEvents(name, events => events.Where(item => item is not AlertEvent));

    private static Evidence Offering11() => SessionEvidence.With(Open(Tls12), item =>
        item.Message.Body is ClientHello hello ? hello with { LegacyVersion = ProtocolVersion.Tls11 } : null);

    private static Evidence WrongSignature() => SessionEvidence.With(Open(Tls12), item =>
        item.Message.Body is ClientHello hello ? hello with { Random = new byte[32] } : null);

    private static Evidence ShortFinished() => SessionEvidence.With(Open(Tls12), item =>
        item.Message.Body is Finished finished ? new Finished(finished.VerifyData[1..]) : null);

    private static Evidence Faulty() => SessionEvidence.WithEvents(Open(Tls12), events => events.Select(item =>
        item is HandshakeEvent { Message.Body: ServerKeyExchange } exchange
            ? exchange with
            {
                Message = exchange.Message with
                {
                    Fault = new WireFault(WireFaultKind.Truncated, "signature", 40, FaultOwner.Peer, "Expected more"),
                },
            }
            : item));

    private static Evidence Closed() => new(SessionEvidence.Decode(RecordedSession.Load(Tls10), null), null);
}
