using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Certificates;

/// <summary>Certificates from which no path leads to a root that the client trusts.</summary>
internal static class ChainRules
{
    private const string LooksAt = "the names in the server's chain, how the client gave up";

    public static readonly DiagnosisRule[] Rows =
    [
        new("missing-intermediate", "the server leaves out an intermediate certificate", LooksAt,
            "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.2",
            "A server sends, behind its own, the certificates that lead to a root; the root alone may be left out.",
            MissingIntermediate)
        {
            Server = "send the whole chain: the file of the certificate holds the leaf and then the intermediates",
            Client = "none that is right: the intermediates that it knows from elsewhere hide the fault at others",
        },
        new("self-signed-certificate", "the server's certificate signed itself", LooksAt,
            "RFC 5280, Section 6.1.1", "A path begins at an authority that the client trusts.", SelfSigned)
        {
            Server = "use a certificate of an authority that the clients trust",
            Client = "trust this certificate by name, if it is the right one: compare its fingerprint",
        },
        new("unknown-authority", "the client does not trust the authority that issued the certificate", LooksAt,
            "RFC 5246, Section 7.2.2; RFC 8446, Section 6.2",
            "unknown_ca: the path is there, and no root of it is known or trusted.", UnknownAuthority)
        {
            Server = "use a certificate of an authority that the clients trust",
            Client = "add the authority's root to what it trusts, if that is right; bring its roots up to date",
        },
        new("certificate-chain-broken", "the certificates that the server sends don't hold together", LooksAt,
            "RFC 5280, Section 6.1.3", "Each certificate of a path is signed with the key of the next.", Broken)
        {
            Server = "put the chain in order: the leaf first, behind each certificate its issuer, nothing else",
        },
        new("certificate-unreadable", "the server's certificate can't be read", LooksAt,
            "RFC 5280, Section 4.1", "A certificate is X.509 in DER.", Unreadable)
        {
            Server = "look at the file that it sends: openssl x509 -in FILE -text",
        },
        new("certificate-chain-large", "the server's chain is longer than a client can hold", LooksAt,
            "RFC 8446, Section 4.4.2", "A chain may have up to 2^24-1 octets; nobody has to have room for them.", Large)
        {
            Server = "send the leaf and the intermediates alone",
        },
    ];

    private static Suspicion? MissingIntermediate(DiagnosisEvidence seen)
    {
        if (Refusal.Of(seen) is not { } refusal || !IsUntroubled(seen)) return null;
        // Of authorities that the public trusts no root signs a leaf itself; in a house of one's own it may.
        if (seen.Chain is not [{ Summary: { IsSelfIssued: false } leaf }]) return null;
        var namesIssuer = leaf.Find("1.3.6.1.5.5.7.1.1") is not null;
        var confidence = refusal.Alert?.Code switch
        {
            UnknownCa => 82, BadCertificate or CertificateUnknown => 62, null => 42, _ => 45,
        };
        return new(
            $"the server sends its own certificate alone, and not that of its issuer, {Name(leaf.IssuerCommonName)}",
            confidence + (namesIssuer ? 8 : 0),
            namesIssuer ? $"{refusal.How}; the certificate says where its issuer's can be had" : refusal.How,
            Chain(seen), refusal.How);
    }

    private static Suspicion? SelfSigned(DiagnosisEvidence seen)
    {
        if (seen.Leaf is not { IsSelfIssued: true } || !IsUntroubled(seen)) return null;
        if (Refusal.Of(seen) is not { } refusal) return null;
        return new(
            "the server's certificate signed itself: nobody vouches for it whom the client could trust",
            refusal.Alert?.Code == UnknownCa ? 96 : refusal.Confidence - 10, refusal.How, Chain(seen), refusal.How);
    }

    private static Suspicion? UnknownAuthority(DiagnosisEvidence seen)
    {
        if (Refusal.Of(seen) is not { Alert.Code: UnknownCa or BadCertificate or CertificateUnknown } refusal)
            return null;
        if (seen.Leaf is not { IsSelfIssued: false } || !IsUntroubled(seen)) return null;
        var top = seen.Chain[^1].Summary;
        if (refusal.Alert?.Code != UnknownCa && (seen.Chain.Count < 2 || IsFaulty(seen))) return null;
        return new(
            $"the client does not trust {Name(top?.IssuerCommonName)}, to which the server's chain leads",
            refusal.Alert?.Code != UnknownCa ? 51 : seen.Chain.Count > 1 ? 92 : 60,
            refusal.Alert?.Code != UnknownCa ? "nothing else is wrong with the chain, and the alert names no reason"
                : "the alert says so" + (seen.Chain.Count > 1 ? ""
                    : ", but a certificate between may be missing as well"),
            Chain(seen), refusal.How);
    }

    private static Suspicion? Broken(DiagnosisEvidence seen)
    {
        if (Refusal.Of(seen) is not { } refusal) return null;
        if (seen.Find("certificate-chain-signature", "certificate-issuer-no-authority", "certificate-issuer-key-usage",
            "certificate-path-length") is { } wrong)
        {
            return new($"the server's chain does not hold together. {wrong.Message}", refusal.Confidence - 5,
                refusal.How, Chain(seen), refusal.How, $"{wrong.RuleId} ({wrong.Rfc})");
        }
        return seen.Find("certificate-chain-order") is { } order
            ? new($"the server sends its chain in another order than clients need. {order.Message}",
                refusal.Confidence - 25, "many clients put it in order themselves", Chain(seen), refusal.How)
            : null;
    }

    private static Suspicion? Unreadable(DiagnosisEvidence seen) =>
        seen.Facts.HasUnreadableCertificate && Refusal.Of(seen) is { } refusal
            ? new("the server's certificate is not X.509 in DER", refusal.Confidence, refusal.How, refusal.How)
            : null;

    private static Suspicion? Large(DiagnosisEvidence seen)
    {
        var octets = seen.ServerCertificate?.Message.Bytes.Length ?? 0;
        if (octets <= 1 << 14 || Refusal.Of(seen) is not { } refusal) return null;
        return new($"the server's Certificate has {octets} octets, more than many clients can hold",
            refusal.Alert?.Code is InternalError or DecodeError or IllegalParameter or null ? 72 : 45, refusal.How,
            $"frame {seen.ServerCertificate!.At.Number}, Certificate: {octets} octets", refusal.How);
    }

    private static bool IsFaulty(DiagnosisEvidence seen) => seen.Findings.Any(finding =>
        finding.Severity != Severity.Note && finding.RuleId.StartsWith("certificate-", StringComparison.Ordinal));

    // What is wrong with its time is told by others.
    private static bool IsUntroubled(DiagnosisEvidence seen) =>
        seen.Now is not { } now || seen.Leaf is not { } leaf || (leaf.NotAfter >= now && leaf.NotBefore <= now);

    internal static string Chain(DiagnosisEvidence seen) =>
        $"frame {seen.ServerCertificate!.At.Number}, Certificate: " + string.Join(" ← ", seen.Chain.Select(Named));

    private static string Named(CertificateEntry entry) => entry.Summary is { } summary
        ? $"{Name(summary.CommonName)} (issued by {(summary.IsSelfIssued ? "itself" : Name(summary.IssuerCommonName))})"
        : "unreadable";

    private static string Name(string? name) => name is { Length: > 0 } ? name : "an issuer without a name";
}
