using TlsInterop.Tls.Verification.Proofs;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>How the certificates of a chain hold together.</summary>
internal static class CertificateChainRules
{
    // A peer can renegotiate without end, and each time bring keys that take a processor a while.
    private const int MostCheckedHandshakes = 10;

    public static readonly Rule[] Rows =
    [
        CertificateRules.OfChain(
            "certificate-chain-order", "RFC 5246, Section 7.4.2; RFC 8446, Section 4.4.2",
            "Each certificate of a chain is followed by that of its issuer.",
            Severity.Warning,
            OutOfOrder),
        CertificateRules.OfChain(
            "certificate-chain-signature", "RFC 5280, Section 6.1.3",
            "The key of the issuer made the signature of a certificate.",
            Severity.Error,
            WrongSignature),
        CertificateRules.OfChain(
            "certificate-issuer-no-authority", "RFC 5280, Section 4.2.1.9",
            "A certificate that issued another is one of an authority: its basicConstraints say cA.",
            Severity.Warning,
            NoAuthority),
        CertificateRules.OfChain(
            "certificate-issuer-key-usage", "RFC 5280, Section 4.2.1.3",
            "A certificate that issued another and names uses of its key names keyCertSign.",
            Severity.Warning,
            MayNotSign),
        CertificateRules.OfChain(
            "certificate-path-length", "RFC 5280, Section 4.2.1.9",
            "Between an authority and the leaf are at most as many others as its pathLenConstraint says.",
            Severity.Warning,
            TooDeep),
        CertificateRules.OfChain(
            "certificate-self-signed", "RFC 5280, Section 3.2",
            "The certificate of an end is issued by an authority.",
            Severity.Note,
            SelfSigned),
        CertificateRules.OfChain(
            "certificate-root-sent", "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.2",
            "The root may be left out: who trusts it has it.",
            Severity.Note,
            RootSent),
        CertificateRules.OfChain(
            "certificate-twice", "RFC 5246, Section 7.4.2; RFC 8446, Section 4.4.2",
            "A chain holds each certificate once.",
            Severity.Warning,
            Twice),
    ];

    // Each certificate of a chain with the one behind it, both readable.
    private static IEnumerable<(SeenCertificate Subject, SeenCertificate Next)> Pairs(SeenChain chain) =>
        chain.Certificates.Length < 2 ? []
        : chain.Certificates.Zip(chain.Certificates.Skip(1))
            .Where(pair => pair.First.Facts is not null && pair.Second.Facts is not null);

    // The same where the names say that the one behind is the issuer.
    private static IEnumerable<(SeenCertificate Subject, SeenCertificate Issuer)> Issued(SeenChain chain) =>
        chain.Certificates.Length < 2 ? [] : Pairs(chain).Where(pair => IsIssuer(pair.Next, pair.Subject));

    // The same where the issuer must be an authority: that of a proxy is an end entity, or a proxy too (RFC 3820,
    // Section 3.1).
    private static IEnumerable<(SeenCertificate Subject, SeenCertificate Issuer)> IssuedByAuthority(SeenChain chain) =>
        Issued(chain).Where(pair => !IsProxy(pair.Subject));

    private static bool IsProxy(SeenCertificate seen) => seen.Facts is { Extensions.IsProxy: true };

    private static bool IsIssuer(SeenCertificate issuer, SeenCertificate subject) =>
        issuer.Facts?.Subject.Span.SequenceEqual(subject.Facts!.Issuer.Span) == true;

    private static void OutOfOrder(SeenChain chain, RuleHits hits)
    {
        foreach (var (subject, next) in Pairs(chain))
        {
            if (IsIssuer(next, subject) || subject.Facts!.Name == next.Facts!.Name) continue;
            var issuer = chain.Certificates.FirstOrDefault(other => other != subject && IsIssuer(other, subject));
            var got = issuer is null
                ? "another, and the issuer nowhere in the chain"
                : $"another, and the issuer at place {issuer.Index + 1}";
            hits.Add(chain.Hit(
                $"Expected the issuer of {chain.Name(subject.Index)} behind it. Got: {got}.", next.Index));
        }
    }

    private static void WrongSignature(SeenChain chain, RuleHits hits)
    {
        if (chain.Event.Handshake >= MostCheckedHandshakes) return;
        foreach (var (subject, issuer) in Issued(chain))
        {
            var verdict = CertificateSignature.Check(subject.Facts!, issuer.Facts!, issuer.Entry.Data.Span);
            if (verdict.Status != SignatureStatus.Wrong) continue;
            hits.Add(chain.Hit(
                $"Expected a signature of {chain.Name(issuer.Index)} in {chain.Name(subject.Index)}. "
                + $"Got: {verdict.Reason}.",
                subject.Index, subject.Facts!.SignatureAlgorithmAt));
        }
    }

    private static void NoAuthority(SeenChain chain, RuleHits hits)
    {
        foreach (var (subject, issuer) in IssuedByAuthority(chain))
        {
            // Roots of version 1 have no extensions to say it with.
            var facts = issuer.Facts!;
            if (facts.Extensions.IsAuthority == true || (facts.IsSelfIssued && facts.Version < 3)) continue;
            hits.Add(chain.Hit(
                $"Expected an authority as the issuer of {chain.Name(subject.Index)}. "
                + $"Got: a certificate that is none.",
                issuer.Index));
        }
    }

    private static void MayNotSign(SeenChain chain, RuleHits hits)
    {
        foreach (var (_, issuer) in IssuedByAuthority(chain))
        {
            if (issuer.Facts!.Extensions.KeyUsage is { } usage && (usage & KeyUsages.KeyCertSign) == 0)
                hits.Add(chain.Hit(
                    $"Expected keyCertSign in the keyUsage of {chain.Name(issuer.Index)}. Got: other uses only.",
                    issuer.Index));
        }
    }

    private static void TooDeep(SeenChain chain, RuleHits hits)
    {
        var between = 0;
        foreach (var (subject, issuer) in Pairs(chain))
        {
            if (!IsIssuer(issuer, subject)) return;
            var isAuthority = subject.Index > 0 && !IsProxy(chain.Certificates[subject.Index - 1]);
            if (isAuthority && !subject.Facts!.IsSelfIssued) between++;
            if (issuer.Facts!.Extensions.PathLength is { } most && between > most)
            {
                hits.Add(chain.Hit(
                    $"Expected at most {most} authorities between {chain.Name(issuer.Index)} and the leaf. "
                    + $"Got: {between}.",
                    issuer.Index));
            }
        }
    }

    private static void SelfSigned(SeenChain chain, RuleHits hits)
    {
        if (chain.Leaf is { IsSelfIssued: true })
            hits.Add(chain.Hit($"Expected an authority as the issuer of {chain.Name(0)}. Got: its own name.", 0));
    }

    private static void RootSent(SeenChain chain, RuleHits hits)
    {
        for (var index = 1; index < chain.Certificates.Length; index++)
        {
            if (chain.Certificates[index] is { Facts.IsSelfIssued: true } seen)
                hits.Add(chain.Hit(
                    $"Expected no root in the chain. Got: one of {seen.Entry.Data.Length} octets.", index));
        }
    }

    private static void Twice(SeenChain chain, RuleHits hits)
    {
        if (chain.Certificates.Length < 2) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var seen in chain.Certificates)
        {
            if (seen.Facts is { } facts && !names.Add(facts.Name))
                hits.Add(chain.Hit(
                    $"Expected each certificate once. Got: number {seen.Index + 1} again.", seen.Index));
        }
    }
}
