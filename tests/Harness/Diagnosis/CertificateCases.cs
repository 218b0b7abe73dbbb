using TlsInterop.Harness.Diagnosis;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class CertificateCases
{
    /// <summary>Nothing is signed in it, so that any certificate fits.</summary>
    private const string RsaKeyExchange = "tls12-rsa-aes128-ccm";

    private const string WithClientCertificate = "tls12-client-cert-ecdsa";
    private const string WithEmptyCertificate = "tls12-rsa-aes256-gcm-no-ems";

    public static readonly DiagnosisCase[] Rows =
    [
        First("certificate-expired", "OpenSSL says 45", () => Captured("openssl-expired")),
        Quiet("certificate-expired", "45 for a certificate that is valid", () => Refused("rsa2048", 45)),
        First("certificate-expired-silently", "FIN behind ServerHelloDone",
            () => Shown("expired").Fin(Client).Explain()),
        First("certificate-expired-silently", "RST behind ServerHelloDone", () =>
            Shown("expired").Reset(Client).Explain()),
        Quiet("certificate-expired-silently", "FIN, and the certificate is valid", () =>
            Shown("rsa2048").Fin(Client).Explain()),
        Quiet("certificate-expired-silently", "the server closes", () => Shown("expired").Fin(Server).Explain()),
        Quiet("certificate-expired-silently", "the client says 45", () => Refused("expired", 45)),
        First("misleading-alert", "43 for an expired certificate", () => Refused("expired", 43)),
        First("misleading-alert", "GnuTLS says bad_certificate", () => Captured("gnutls-expired")),
        Quiet("misleading-alert", "43 for a certificate that is valid", () => Refused("rsa2048", 43)),
        First("certificate-not-yet-valid", "FIN, three days too early", () =>
            Shown("not-yet-valid").Fin(Client).Explain()),
        Quiet("certificate-not-yet-valid", "its day has come", () =>
            Shown("not-yet-valid").At(TestCertificates.Now.AddDays(3.5)).Fin(Client).Explain()),
        First("issuer-expired", "an expired one above the server's own", () => Sent(TestCertificates.Joined(
            TestCertificates.Part("rsa2048", index => index == 0),
            TestCertificates.Part("expired", index => index == 0)))
            .Alert(Client, 45).Explain()),
        Quiet("issuer-expired", "a chain that is valid", () => Refused("rsa2048", 45)),
        First("certificate-expired-accepted", "the handshake goes on", () =>
            Of(Tls12).At(new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero)).Explain()),
        Quiet("certificate-expired-accepted", "it had not expired", () => Of(Tls12).Explain()),
        First("missing-intermediate", "48 for a leaf alone", () => Refused("missing-intermediate", 48)),
        Quiet("missing-intermediate", "48 for a whole chain", () => Refused("rsa2048", 48)),
        First("self-signed-certificate", "OpenSSL says 48", () => Captured("openssl-self-signed")),
        Quiet("self-signed-certificate", "48 for one of an authority", () => Captured("openssl-unknown-ca")),
        First("unknown-authority", "OpenSSL says 48", () => Captured("openssl-unknown-ca")),
        Quiet("unknown-authority", "one that signed itself", () => Captured("openssl-self-signed")),
        First("certificate-chain-broken", "issuers in the wrong order", () => Refused("wrong-order", 42)),
        Quiet("certificate-chain-broken", "in order", () => Refused("rsa2048", 42)),
        First("certificate-unreadable", "a hundred zeros", () => Sent(new Certificate(null,
            [new(new byte[100], null, Tls.Extensions.ExtensionList.Absent)])).Alert(Client, 42).Explain()),
        Quiet("certificate-unreadable", "X.509", () => Refused("rsa2048", 42)),
        First("certificate-chain-large", "more than 16 KiB, and internal_error", () => Refused("chain-16k", 80)),
        Quiet("certificate-chain-large", "a usual one, and internal_error", () => Refused("rsa2048", 80)),
        First("certificate-wrong-name", "OpenSSL says 42", () => Captured("openssl-wrong-name")),
        Quiet("certificate-wrong-name", "the right name", () => Refused("rsa2048", 42)),
        First("certificate-wrong-usage", "OpenSSL says 43", () => Captured("openssl-wrong-eku")),
        Quiet("certificate-wrong-usage", "for servers", () => Refused("rsa2048", 43)),
        First("certificate-revoked", "44", () => Refused("rsa2048", 44)),
        Quiet("certificate-revoked", "46", () => Refused("rsa2048", 46)),
        First("certificate-status-wrong", "113", () => Refused("rsa2048", 113)),
        Quiet("certificate-status-wrong", "46, and no staple was demanded", () => Refused("rsa2048", 46)),
        First("certificate-refused", "46 for a leaf that is valid", () => Shown("rsa2048").Alert(Client, 49).Explain()),
        Quiet("certificate-refused", "46 for an expired one", () => Refused("expired", 46)),
        First("client-certificate-required", "GnuTLS shows none to OpenSSL",
            () => Captured("client-certificate-missing")),
        First("client-certificate-required", "116 behind the handshake", () => Captured("tls13-certificate-required")),
        First("client-certificate-required", "decode_error to an empty Certificate", () =>
            Of(WithEmptyCertificate).UpTo(Client, HandshakeType.ClientKeyExchange).Alert(Server, 50).Explain()),
        Quiet("client-certificate-required", "asked and not demanded", () => Of(WithEmptyCertificate).Explain()),
        First("client-certificate-refused", "of an authority that GnuTLS does not trust", () =>
            Captured("client-certificate-wrong")),
        Quiet("client-certificate-refused", "taken", () => Of(WithClientCertificate).Explain()),
        First("certificate-key-weak", "1024 bits, and 42", () => Refused("rsa1024", 42)),
        Quiet("certificate-key-weak", "2048 bits, and 42", () => Refused("rsa2048", 42)),
        First("certificate-signature-weak", "SHA-1, and GnuTLS", () => Captured("gnutls-sha1")),
        Quiet("certificate-signature-weak", "SHA-256, and 42", () => Refused("rsa2048", 42)),
    ];

    private static Dialogue Shown(string profile) => Sent(TestCertificates.Of(profile));

    private static Dialogue Sent(Certificate certificate) => Of(RsaKeyExchange).At(TestCertificates.Now)
        .Change<Certificate>(_ => certificate).UpTo(Server, HandshakeType.ServerHelloDone);

    private static DiagnosisResult Refused(string profile, byte alert) =>
        Shown(profile).Alert(Client, alert).Explain();
}
