using TlsInterop.Harness.Diagnosis.Certificates;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Strength;

/// <summary>What is too weak for the policy of an end.</summary>
internal static class StrengthRules
{
    private const string SecurityLevel =
        "lower its security level for this peer alone, and only for a while (OpenSSL: @SECLEVEL=1; GnuTLS: "
        + "%PROFILE_LOW)";

    public static readonly DiagnosisRule[] Rows =
    [
        new("certificate-key-weak", "the key of a certificate is below the client's security level",
            "the keys of the server's chain, how the client gave up", "RFC 9325, Section 4.5",
            "RSA keys have 2048 bits at least.", Key)
        {
            Server = "use a certificate with an RSA key of 2048 bits, or an ECDSA key", Client = SecurityLevel,
        },
        new("certificate-signature-weak", "a certificate is signed with a hash that the client does not trust",
            "the signatures of the server's chain, how the client gave up", "RFC 8446, Section 4.4.2.4",
            "A certificate that is signed with MD5 is refused, and one with SHA-1 should be.", Signature)
        {
            Server = "have the certificate issued anew, signed with SHA-256", Client = SecurityLevel,
        },
        new("dh-group-too-small", "the server's Diffie-Hellman group is too small for the client",
            "the prime of ServerKeyExchange, how the client gave up", "RFC 9325, Section 4.5; RFC 7919, Section 4",
            "A prime of less than 2048 bits is not to be used.", Group)
        {
            Server = "use ffdhe2048 (openssl dhparam 2048; Exim: tls_dhparam = ffdhe2048), or prefer ECDHE",
            Client = SecurityLevel,
        },
        new("insufficient-security", "an end demands stronger suites than the other one has", "insufficient_security",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "insufficient_security: the server requires suites more secure than those of the client.", Insufficient)
        {
            Server = "allow what its clients have, or tell them", Client = "offer stronger suites",
        },
    ];

    private static Suspicion? Key(DiagnosisEvidence seen)
    {
        if (Refusal.Of(seen) is not { } refusal) return null;
        if (seen.Find("certificate-key-short", "certificate-key-broken") is not
            { Direction: Direction.ServerToClient } finding)
        {
            return null;
        }
        return new(
            $"the key of the server's certificate is too short for the client. {finding.Message}",
            refusal.Alert?.Code is InsufficientSecurity or BadCertificate or UnsupportedCertificate
                or CertificateUnknown or InternalError or IllegalParameter or HandshakeFailure ? 86
                : refusal.Alert is null ? refusal.Confidence - 19 : 50,
            refusal.How, ChainRules.Chain(seen), $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})",
            refusal.How);
    }

    private static Suspicion? Signature(DiagnosisEvidence seen)
    {
        if (Refusal.Of(seen) is not { } refusal) return null;
        if (seen.Find("certificate-signature-md5", "certificate-signature-sha1") is not
            { Direction: Direction.ServerToClient } finding)
        {
            return null;
        }
        return new(
            $"the server's chain holds a signature that the client does not trust any more. {finding.Message}",
            refusal.Alert?.Code is InsufficientSecurity or BadCertificate or UnsupportedCertificate
                or CertificateUnknown or HandshakeFailure ? 84
                : refusal.Alert is null ? refusal.Confidence - 21 : 50, refusal.How,
            ChainRules.Chain(seen), $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})", refusal.How);
    }

    private static Suspicion? Group(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || !seen.Ending.IsByClient || seen.Find("dh-group-short") is not { } finding) return null;
        var exchange = seen.Connection.Messages.FirstOrDefault(item =>
            item.Message.Type == HandshakeType.ServerKeyExchange);
        if (exchange is null || exchange.At.Number > seen.Ending.At!.Value.Number) return null;
        var isCertificates = seen.EndedWith(
            BadCertificate, UnsupportedCertificate, CertificateRevoked, CertificateExpired, CertificateUnknown,
            UnknownCa);
        if (isCertificates) return null;
        return new(
            $"the server's Diffie-Hellman group is {seen.Facts.Group}, too small for the client",
            seen.EndedWith(HandshakeFailure, InsufficientSecurity, IllegalParameter) ? 92 : 78,
            "the client gave up behind the ServerKeyExchange that holds it",
            $"frame {exchange.At.Number}, ServerKeyExchange: {finding.Message}", seen.Ending.InWords);
    }

    private static Suspicion? Insufficient(DiagnosisEvidence seen) =>
        seen.EndedWith(InsufficientSecurity)
            ? new($"the {Phrase.Side(seen.Ending.By!.Value)} demands stronger suites or keys than the "
                + "other end has", 80, "the alert says so, and not which",
                [seen.Ending.InWords, .. Negotiation.Offers.Evidence(seen)])
            : null;
}
