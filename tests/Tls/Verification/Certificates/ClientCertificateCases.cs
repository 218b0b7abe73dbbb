using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Certificates;

internal static class ClientCertificateCases
{
    private static readonly HandshakeType Request = HandshakeType.CertificateRequest;
    private static readonly HandshakeType Certificate = HandshakeType.Certificate;
    private static readonly HandshakeType Verify = HandshakeType.CertificateVerify;

    public static readonly RuleCase[] Rows =
    [
        Loud("client-certificate-unasked", "TLS 1.2", () => Without(Tls12ClientCertificate, Server, Request)),
        Loud("client-certificate-unasked", "TLS 1.3", () => Without(Tls13ClientCertificate, Server, Request)),
        Quiet("client-certificate-unasked", "asked", () => SessionEvidence.Of(Tls13ClientCertificate)),
        Quiet("client-certificate-unasked", "perhaps asked",
            () => NotCaptured(Tls12ClientCertificate, Server, Request)),

        Loud("client-certificate-missing", "TLS 1.2", () => Without(Tls12ClientCertificate, Client, Certificate)),
        Loud("client-certificate-missing", "TLS 1.3", () => Without(Tls13ClientCertificate, Client, Certificate)),
        Quiet("client-certificate-missing", "an empty list", () => SessionEvidence.Of(Tls13GnuTls)),
        Quiet("client-certificate-missing", "not captured",
            () => NotCaptured(Tls12ClientCertificate, Client, Certificate)),
        Quiet("client-certificate-missing", "not asked", () => SessionEvidence.Of(Tls12)),

        Loud("certificate-verify-missing", "of a client of TLS 1.2",
            () => Without(Tls12ClientCertificate, Client, Verify)),
        Loud("certificate-verify-missing", "of a client of TLS 1.3",
            () => Without(Tls13ClientCertificate, Client, Verify)),
        Loud("certificate-verify-missing", "of a server of TLS 1.3", () => Without(Tls13, Server, Verify)),
        Quiet("certificate-verify-missing", "of a server of TLS 1.2", () => SessionEvidence.Of(Tls12)),
        Quiet("certificate-verify-missing", "of a client without a certificate", () => SessionEvidence.Of(Tls13GnuTls)),
        Quiet("certificate-verify-missing", "of a client with a compressed list of none",
            () => Compressed(Tls13GnuTls, uncompressedLength: 4)),
        Loud("certificate-verify-missing", "of a client with a compressed list of some",
            () => Compressed(Tls13GnuTls, uncompressedLength: 400)),
        Quiet("certificate-verify-missing", "not captured", () => NotCaptured(Tls13, Server, Verify)),

        Loud("certificate-verify-unasked", "of a client of TLS 1.2",
            () => Without(Tls12ClientCertificate, Client, Certificate)),
        Loud("certificate-verify-unasked", "of a server of TLS 1.3", () => Without(Tls13, Server, Certificate)),
        Quiet("certificate-verify-unasked", "with its certificate", () => SessionEvidence.Of(Tls13ClientCertificate)),
        Quiet("certificate-verify-unasked", "with one that was not captured",
            () => NotCaptured(Tls12ClientCertificate, Client, Certificate)),
    ];

    // The client's Certificate, as RFC 8879 has it; an algorithm that can't be undone says as much.
    private static Evidence Compressed(string name, int uncompressedLength) =>
        SessionEvidence.WithEvents(name, events => events.Select(item => item is HandshakeEvent seen
            && Is(item, Client, Certificate)
                ? seen with
                {
                    Message = new HandshakeMessage(
                        HandshakeType.CompressedCertificate, seen.Message.Bytes,
                        new CompressedCertificate(
                            CertificateCompressionAlgorithm.Zstd, uncompressedLength, new byte[3]), Fault: null),
                }
                : item));
}
