using TlsInterop.Harness.Diagnosis.Certificates;
using TlsInterop.Harness.Diagnosis.Negotiation;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>How well a cause that a log names fits the way in which the connection ended: a row each.</summary>
internal static class LogFit
{
    private const int ByAlert = 96, ByHiddenAlert = 88, ByItsPlace = 80, ByAnyEnd = 75;

    private static readonly (string[] Causes, Func<DiagnosisEvidence, int> Confidence)[] Rows =
    [
        // Of a certificate that is in the capture the wire shows these.
        (["certificate-expired", "certificate-not-yet-valid", "certificate-wrong-name", "certificate-wrong-usage"],
            OfUnseen),
        (["unknown-authority", "certificate-key-weak", "certificate-signature-weak", "certificate-refused"],
            seen => seen.ServerCertificate is null ? OfUnseen(seen) : Refusal.Of(seen) is null ? 0 : ByItsPlace),
        (["client-certificate-required", "client-certificate-refused"], OfClients),
        // Up to TLS 1.1 nobody names a scheme: what is missing then is a newer version.
        (["no-common-signature-scheme"], seen => seen.EndedAtHello && seen.Ending.IsByServer
            && seen.Offer is { } hello && Offers.Schemes(hello).Count > 0 ? ByItsPlace + 5 : 0),
        (["no-common-suite", "no-common-group", "alpn-mismatch", "sni-refused",
            "inappropriate-fallback", "psk-binder-wrong"],
            seen => seen.EndedAtHello && seen.Ending.IsByServer ? ByItsPlace + 5 : 0),
        (["dh-group-too-small"], seen => seen.Ending.IsByClient && seen.Connection.Messages.Any(item =>
            item.Message.Type == HandshakeType.ServerKeyExchange) ? ByItsPlace + 5 : 0),
        (["no-common-version", "renegotiation-info-missing", "finished-wrong", "clear-text-to-tls-port"],
            seen => seen.Ending.By is null ? 0 : ByAnyEnd),
    ];

    /// <summary>Per cent; 0 if the wire speaks against it, or if such a cause is never named by a log alone.</summary>
    public static int Of(DiagnosisEvidence seen, string cause) =>
        Rows.FirstOrDefault(row => row.Causes.Contains(cause)) is { Confidence: { } confidence }
            ? confidence(seen) : 0;

    private static int OfUnseen(DiagnosisEvidence seen) =>
        seen.ServerCertificate is not null || seen.Choice is null ? 0
        : UnseenCertificateRules.Alert(seen) is not null ? ByAlert
        : seen.HiddenAlert is { By: Direction.ClientToServer } ? ByHiddenAlert
        : seen.Ending.IsByClient ? ByItsPlace : 0;

    private static int OfClients(DiagnosisEvidence seen) =>
        seen.Choice is null ? 0
        : seen.HiddenAlert is { By: Direction.ServerToClient } ? ByHiddenAlert
        : seen.Ending.IsByServer ? ByItsPlace : 0;
}
