using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Messages;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Certificates;

/// <summary>Certificates whose time is over, or to come, and how clients say so or don't.</summary>
internal static class ValidityRules
{
    private const string Renew = "renew the certificate, and have that done by a program before its last day";
    private const string LooksAt = "Certificate, the time of the capture, how the client gave up";

    public static readonly DiagnosisRule[] Rows =
    [
        new("certificate-expired", "the server's certificate had expired, and the client says so", LooksAt,
            "RFC 5280, Section 4.1.2.5", "A certificate is used up to its notAfter.", Expired)
        {
            Server = Renew, Client = "look at its clock, if the dates are as they should be",
        },
        new("certificate-expired-silently",
            "the server's certificate had expired, and the client closed without a word", LooksAt,
            "RFC 5246, Section 7.2.2; RFC 8446, Section 6.2",
            "Who refuses a certificate whose time is over says certificate_expired.", ExpiredSilently)
        {
            Server = $"{Renew}; Windows logs this as alert 43, unsupported_certificate, which is misleading: "
                + "the fitting alert is 45, certificate_expired",
            Client = "report to its makers that it sends no alert",
        },
        new("misleading-alert", "an alert names another cause than the one that the capture shows", LooksAt,
            "RFC 5246, Section 7.2.2; RFC 8446, Section 6.2",
            "A certificate whose time is over is refused with certificate_expired.", Misleading)
        {
            Server = Renew, Client = "report the alert to its makers; 45, certificate_expired, would fit",
        },
        new("certificate-not-yet-valid", "the time of the server's certificate was to come", LooksAt,
            "RFC 5280, Section 4.1.2.5", "A certificate is used from its notBefore on.", NotYetValid)
        {
            Server = "look at the clock of who issued it; use it when its time has come",
            Client = "look at its clock: one that is behind makes good certificates look like this",
        },
        new("issuer-expired", "a certificate above the server's own had expired", LooksAt,
            "RFC 5280, Section 6.1.3", "Every certificate of a path is valid at the time of its use.", IssuerExpired)
        {
            Server = "send the authority's new intermediate certificate, and no old root",
            Client = "bring its trusted roots up to date",
        },
        new("certificate-expired-accepted", "the certificate had expired, and the client did not mind", LooksAt,
            "RFC 5280, Section 6.1.3", "Every certificate of a path is valid at the time of its use.", Accepted)
        {
            Kind = DiagnosisKind.WorthKnowing, Server = Renew,
        },
    ];

    private static Suspicion? Expired(DiagnosisEvidence seen) =>
        Overdue(seen) is { } age && Refusal.Of(seen, silently: false) is { Alert.Code: CertificateExpired } refusal
            ? new($"the server's certificate had expired {age} before this connection", 99,
                "the client's alert says so, and the dates do", Evidence(seen, refusal))
            : null;

    private static Suspicion? ExpiredSilently(DiagnosisEvidence seen) =>
        Overdue(seen) is { } age && Refusal.Of(seen, silently: true) is { } refusal
            ? new($"the server's certificate had expired {age} before this connection", refusal.Confidence,
                refusal.How, Evidence(seen, refusal))
            : null;

    private static Suspicion? Misleading(DiagnosisEvidence seen)
    {
        if (Overdue(seen) is not { } age
            || Refusal.Of(seen, silently: false) is not { Alert: { Code: not CertificateExpired } alert } refusal)
        {
            return null;
        }
        var fit = CertificateProfile.Find("expired")!.Fault!.Fit(alert);
        var how = fit == AlertFit.Vague ? "says too little" : "is misleading";
        return new(
            $"the server's certificate had expired {age} before this connection; "
            + $"the client's alert {alert} ({alert.Code}) {how}",
            refusal.Confidence - 2, "the dates leave no doubt, and the alert came in answer to the certificate",
            Evidence(seen, refusal));
    }

    private static Suspicion? NotYetValid(DiagnosisEvidence seen)
    {
        if (seen is not { Leaf: { } leaf, Now: { } now } || now >= leaf.NotBefore) return null;
        if (Refusal.Of(seen) is not { } refusal) return null;
        return new(
            $"the server's certificate becomes valid {Phrase.Long(leaf.NotBefore - now)} after this connection",
            refusal.Alert?.Code == CertificateExpired ? 97 : refusal.Confidence - 2, refusal.How,
            Evidence(seen, refusal));
    }

    private static Suspicion? IssuerExpired(DiagnosisEvidence seen)
    {
        if (seen.Now is not { } now || Overdue(seen) is not null || Refusal.Of(seen) is not { } refusal) return null;
        var old = seen.Chain.Skip(1).Select(entry => entry.Summary)
            .FirstOrDefault(summary => summary is not null && summary.NotAfter < now);
        if (old is null) return null;
        return new(
            $"the certificate of {old.CommonName ?? old.Subject}, which the server sends above its own, had expired "
            + $"{Phrase.Long(now - old.NotAfter)} before this connection",
            refusal.Alert?.Code == CertificateExpired ? 96 : refusal.Confidence - 10, refusal.How,
            [Dates(seen, old), refusal.How]);
    }

    private static Suspicion? Accepted(DiagnosisEvidence seen) =>
        seen.IsComplete && Overdue(seen) is { } age && Refusal.Of(seen) is null
            ? new($"the server's certificate had expired {age} before this connection; this client took it, "
                + "others will not", 99, "the handshake went through", Dates(seen, seen.Leaf!))
            : null;

    /// <summary>For how long the server's own certificate had expired; null if it had not.</summary>
    internal static string? Overdue(DiagnosisEvidence seen) =>
        seen is { Leaf: { } leaf, Now: { } now } && leaf.NotAfter < now ? Phrase.Long(now - leaf.NotAfter) : null;

    private static string[] Evidence(DiagnosisEvidence seen, Refusal refusal) =>
        [Dates(seen, seen.Leaf!), refusal.How, .. Refusal.Proven(seen)];

    internal static string Dates(DiagnosisEvidence seen, CertificateSummary certificate) =>
        $"frame {seen.ServerCertificate!.At.Number}, Certificate: {certificate.Subject}, valid from "
        + $"{Phrase.Moment(certificate.NotBefore)} to {Phrase.Moment(certificate.NotAfter)}"
        + (seen.Now is { } now ? $"; this connection {Phrase.Moment(now)}" : "");
}
