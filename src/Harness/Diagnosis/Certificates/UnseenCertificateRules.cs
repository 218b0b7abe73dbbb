using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Certificates;

/// <summary>Certificates that are refused where the capture holds them encrypted alone.</summary>
/// <remarks>
/// RFC 8446, Section 4.4.2: in TLS 1.3 the Certificate is encrypted. The client's alert may come in the clear all the
/// same: some stacks refuse a certificate before they have switched to the keys of the handshake.
/// </remarks>
internal static class UnseenCertificateRules
{
    private static readonly Dictionary<byte, string> Words = new()
    {
        [BadCertificate] = "something is wrong with it",
        [UnsupportedCertificate] = "it is of a kind, or for a use, that the client does not take",
        [CertificateRevoked] = "it was revoked",
        [CertificateExpired] = "its time is over, or to come",
        [CertificateUnknown] = "something is wrong with it that no other alert names",
        [UnknownCa] = "no path leads from it to an authority that the client trusts",
        [BadCertificateStatusResponse] = "its OCSP response does not satisfy the client",
    };

    public static readonly DiagnosisRule[] Rows =
    [
        new("certificate-refused-unseen", "the client refused the server's certificate, which the capture hides",
            "the client's alert, the server's encrypted records", "RFC 8446, Section 6.2; RFC 8446, Section 4.4.2",
            "Alerts about certificates are sent by whoever is shown one, and the Certificate of TLS 1.3 is encrypted.",
            Refused)
        {
            IsGeneral = true,
            Server = "look at the certificate that it sends: openssl s_client -connect HOST:PORT -servername NAME "
                + "-showcerts",
            Client = "its log says more: the name that it compares, the authorities that it trusts, its clock",
        },
    ];

    /// <summary>The alert about a certificate that was not seen; null if there is none.</summary>
    internal static AlertDescription? Alert(DiagnosisEvidence seen) =>
        seen is { ServerCertificate: null, Choice.Version.IsTls13: true, IsComplete: false }
        && seen.Ending is { Kind: EndingKind.Alert, IsByClient: true, Alert: { } alert }
        && Words.ContainsKey(alert.Code) && Flight(seen) is not null
            ? alert
            : null;

    private static Suspicion? Refused(DiagnosisEvidence seen) =>
        Alert(seen) is { } alert && Flight(seen) is { } flight
            ? new($"the client refused the server's certificate: it says {alert} ({alert.Code}), {Words[alert.Code]}; "
                + "whether that is true the capture does not show without keys", 88,
                "the alert is about the certificate, and came behind the encrypted flight that holds it",
                $"frame {flight.At.Number}: an encrypted record of the server, its Certificate in it or behind it",
                seen.Ending.InWords)
            : null;

    private static EncryptedEvent? Flight(DiagnosisEvidence seen) => seen.Events.OfType<EncryptedEvent>()
        .FirstOrDefault(item => item.Direction == Direction.ServerToClient
            && item.At.Number <= seen.Ending.At?.Number);
}
