using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>Whether keys and signatures of certificates are strong enough, and such as the other end takes.</summary>
internal static class CertificateStrengthRules
{
    private const int LeastRsaBits = 2048;
    private const int BrokenRsaBits = 1024;
    private const int LeastCurveBits = 224;

    public static readonly Rule[] Rows =
    [
        CertificateRules.OfChain(
            "certificate-key-short", "RFC 9325, Section 4.5",
            "The key of a certificate has at least 2048 bits (RSA, DSA) or 224 (elliptic curves).",
            Severity.Warning,
            (chain, hits) => ShortKeys(chain, isBroken: false, hits)),
        CertificateRules.OfChain(
            "certificate-key-broken", "RFC 9325, Section 4.5",
            "The key of a certificate is so long that nobody can compute the private one.",
            Severity.Error,
            (chain, hits) => ShortKeys(chain, isBroken: true, hits)),
        CertificateRules.OfChain(
            "certificate-signature-md5", "RFC 8446, Section 4.4.2.4; RFC 9325, Section 4.5",
            "No certificate below the root is signed with MD5.",
            Severity.Error,
            (chain, hits) => SignedWith(chain, "MD5", hits)),
        CertificateRules.OfChain(
            "certificate-signature-sha1", "RFC 8446, Section 4.4.2.4; RFC 9325, Section 4.5",
            "No certificate below the root is signed with SHA-1.",
            Severity.Warning,
            (chain, hits) => SignedWith(chain, "SHA1", hits)),
        CertificateRules.OfChain(
            "certificate-scheme-not-offered", "RFC 8446, Section 4.4.2.2; RFC 5246, Section 7.4.2",
            "The certificates of a chain below the root are signed with schemes that the other end can verify.",
            Severity.Warning,
            NotOffered),
    ];

    private static void ShortKeys(SeenChain chain, bool isBroken, RuleHits hits)
    {
        foreach (var (index, _, facts) in chain.Certificates)
        {
            if (facts is not { KeyBits: > 0 }) continue;
            var isCurve = facts.Key is KeyKind.Ec or KeyKind.EdDsa;
            var (least, broken) = isCurve ? (LeastCurveBits, 0) : (LeastRsaBits, BrokenRsaBits);
            if (facts.KeyBits >= least || (facts.KeyBits < broken) != isBroken) continue;
            hits.Add(chain.Hit(
                $"Expected a key of {least} bits or more in {chain.Name(index)}. Got: {facts.KeyBits} bits.", index,
                    facts.KeyAt));
        }
    }

    // RFC 8446, Section 4.4.2.2: nobody checks the signature of a root, so it doesn't matter.
    private static bool IsSigned(SeenCertificate seen) => seen.Facts is { IsSelfIssued: false };

    private static IReadOnlyList<SignatureScheme> Schemes(SeenCertificate seen) => seen.Facts!.SignatureSchemes;

    private static void SignedWith(SeenChain chain, string hash, RuleHits hits)
    {
        foreach (var seen in chain.Certificates)
        {
            if (!IsSigned(seen) || Schemes(seen) is not [{ Info.Hash: { } used }, ..] || used != hash) continue;
            hits.Add(chain.Hit(
                $"Expected a better hash in the signature of {chain.Name(seen.Index)}. Got: {hash}.",
                seen.Index, seen.Facts!.SignatureAlgorithmAt));
        }
    }

    private static void NotOffered(SeenChain chain, RuleHits hits)
    {
        if (chain.Handshake.Terms is not { } terms || terms.Version < ProtocolVersion.Tls12) return;
        if (Offered(chain) is not { } offered) return;
        foreach (var seen in chain.Certificates)
        {
            if (!IsSigned(seen)) continue;
            var schemes = Schemes(seen);
            if (schemes.Count == 0 || schemes.Any(offered.Contains)) continue;
            hits.Add(chain.Hit(
                $"Expected an offered scheme ({string.Join(", ", offered)}) in {chain.Name(seen.Index)}. "
                + $"Got: {schemes[0]}.",
                seen.Index, seen.Facts!.SignatureAlgorithmAt));
        }
    }

    // RFC 8446, Section 4.2.3: signature_algorithms_cert, and where it is missing signature_algorithms.
    private static IReadOnlyList<SignatureScheme>? Offered(SeenChain chain)
    {
        if (chain.IsServer) return chain.Handshake.Offer is { } offer ? Offered(offer.Extensions) : null;
        var request = chain.Handshake.Seen<CertificateRequest>(Direction.ServerToClient).Select(seen => seen.Body)
            .FirstOrDefault();
        if (request is null) return null;
        return Offered(request.Extensions) ?? (request.SignatureSchemes.Count > 0 ? request.SignatureSchemes : null);
    }

    private static IReadOnlyList<SignatureScheme>? Offered(ExtensionList extensions) =>
        extensions.Find<SignatureAlgorithmsCertExtension>()?.Schemes
        ?? extensions.Find<SignatureAlgorithmsExtension>()?.Schemes;
}
