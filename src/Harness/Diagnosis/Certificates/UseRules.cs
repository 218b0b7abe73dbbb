using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Certificates;

/// <summary>Certificates that are for something else, or that nobody vouches for any more.</summary>
internal static class UseRules
{
    private static readonly byte[] Unexplained =
        [NoCertificate, BadCertificate, UnsupportedCertificate, CertificateUnknown, AccessDenied];

    public static readonly DiagnosisRule[] Rows =
    [
        new("certificate-wrong-name", "the server's certificate is for another name",
            "server_name, subjectAltName, how the client gave up", "RFC 9525, Section 6.3",
            "The name that the client asks for stands in the subjectAltName.", WrongName)
        {
            Server = "use a certificate with that name; look at which certificate it shows for which server_name",
            Client = "connect by a name that the certificate has",
        },
        new("certificate-wrong-usage", "the server's certificate is for another use",
            "extKeyUsage and keyUsage, how the client gave up", "RFC 5280, Section 4.2.1.3; RFC 5280, Section 4.2.1.12",
            "Where a certificate names uses, it is used for those alone.", WrongUsage)
        {
            Server = "use a certificate with serverAuth in its extKeyUsage, and digitalSignature in its keyUsage",
        },
        new("certificate-revoked", "the server's certificate was revoked", "the client's alert",
            "RFC 5246, Section 7.2.2; RFC 8446, Section 6.2",
            "certificate_revoked: its signer took the certificate back.", Revoked)
        {
            Server = "get a new certificate with a new key", Client = "none: it is right",
        },
        new("certificate-status-wrong", "the stapled OCSP response is missing or wrong",
            "the client's alert, status_request, must-staple", "RFC 6066, Section 8; RFC 7633, Section 4",
            "A response that does not fit is refused with bad_certificate_status_response.", Status)
        {
            Server = "see that it can reach the OCSP responder and staples a fresh response",
        },
        new("certificate-refused", "the client refused the certificate, and the capture does not show why",
            "the client's alert, the server's chain", "RFC 5246, Section 7.2.2; RFC 8446, Section 6.2",
            "bad_certificate, certificate_unknown: something is wrong with it that no other alert names.", Refused)
        {
            IsGeneral = true,
            Server = "compare the certificate with what the client trusts, pins and allows",
            Client = "its log says more: trust store, pinned keys, the name that it compares, revocation",
        },
    ];

    private static Suspicion? WrongName(DiagnosisEvidence seen)
    {
        if (seen.Find("certificate-name") is not { } finding || Refusal.Of(seen) is not { } refusal) return null;
        if (ValidityRules.Overdue(seen) is not null) return null;
        var confidence = refusal.Alert?.Code switch
        {
            BadCertificate or CertificateUnknown => 88,
            HandshakeFailure or InternalError => 70,
            UnknownCa or UnsupportedCertificate or CertificateExpired or CertificateRevoked => 30,
            _ => refusal.Confidence - 10,
        };
        return new(
            $"the client asked for {seen.Facts.ServerName}, and the certificate is for {Names(seen)}", confidence,
            refusal.How, $"frame {finding.Frame}: {finding.Message}", refusal.How);
    }

    private static string Names(DiagnosisEvidence seen) => seen.Leaf is { } leaf
        ? Phrase.List([.. leaf.DnsNames, .. leaf.IpAddresses.Select(address => address.ToString())])
        : "none";

    private static Suspicion? WrongUsage(DiagnosisEvidence seen)
    {
        if (seen.Find("certificate-purpose", "certificate-key-usage")
            is not { Direction: Direction.ServerToClient } finding || Refusal.Of(seen) is not { } refusal)
        {
            return null;
        }
        return new(
            $"the server's certificate is for another use. {finding.Message}",
            refusal.Alert?.Code == UnsupportedCertificate ? 94 : refusal.Confidence - 12, refusal.How,
            $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})", refusal.How);
    }

    private static Suspicion? Revoked(DiagnosisEvidence seen) =>
        Refusal.Of(seen) is { Alert.Code: CertificateRevoked } refusal
            ? new("the server's certificate was revoked, as the client found out", 96, "the alert says so",
                ChainRules.Chain(seen), refusal.How)
            : null;

    private static Suspicion? Status(DiagnosisEvidence seen)
    {
        if (Refusal.Of(seen) is not { } refusal) return null;
        if (refusal.Alert?.Code == BadCertificateStatusResponse)
            return new("the OCSP response that the server staples does not satisfy the client", 96,
                "the alert says so", refusal.How);
        // RFC 7633, Section 4: status_request among the features of a certificate is "must staple".
        var mustStaple = seen.Leaf?.TlsFeatures.Contains(ExtensionType.StatusRequest) == true;
        var hasStapled = seen.Connection.Messages.Any(item => item.Message.Type == HandshakeType.CertificateStatus)
            || seen.Chain.Any(entry => entry.Extensions.Has(ExtensionType.StatusRequest));
        return mustStaple && !hasStapled
            ? new("the certificate demands a stapled OCSP response, and the server sends none", refusal.Confidence - 8,
                refusal.How, ChainRules.Chain(seen), refusal.How)
            : null;
    }

    private static Suspicion? Refused(DiagnosisEvidence seen) =>
        Refusal.Of(seen) is { Alert: { } alert } refusal && Unexplained.Contains(alert.Code)
            ? new($"the client refused the server's certificate with {alert}; what it has against it is not in the "
                + "capture", 50, "the alert is about the certificate, and names no reason", ChainRules.Chain(seen),
                refusal.How)
            : null;
}
