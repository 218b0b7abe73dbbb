using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

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
            chain => ShortKeys(chain, isBroken: false)),
        CertificateRules.OfChain(
            "certificate-key-broken", "RFC 9325, Section 4.5; RFC 8446, Section 4.4.2.4",
            "The key of a certificate is so long that nobody can compute the private one.",
            Severity.Error,
            chain => ShortKeys(chain, isBroken: true)),
        CertificateRules.OfChain(
            "certificate-signature-md5", "RFC 8446, Section 4.4.2.4",
            "No certificate below the root is signed with MD5.",
            Severity.Error,
            chain => SignedWith(chain, "MD5")),
        CertificateRules.OfChain(
            "certificate-signature-sha1", "RFC 8446, Section 4.4.2.4",
            "No certificate below the root is signed with SHA-1.",
            Severity.Warning,
            chain => SignedWith(chain, "SHA1")),
        CertificateRules.OfChain(
            "certificate-scheme-not-offered", "RFC 8446, Section 4.4.2.2; RFC 5246, Section 7.4.2",
            "The certificates of a chain below the root are signed with schemes that the other end can verify.",
            Severity.Warning,
            NotOffered),
    ];

    private static IEnumerable<RuleHit> ShortKeys(SeenChain chain, bool isBroken)
    {
        foreach (var (index, _, facts) in chain.Certificates)
        {
            if (facts is not { KeyBits: > 0 }) continue;
            var isCurve = facts.Key is KeyKind.Ec or KeyKind.EdDsa;
            var (least, broken) = isCurve ? (LeastCurveBits, 0) : (LeastRsaBits, BrokenRsaBits);
            if (facts.KeyBits >= least || (facts.KeyBits < broken) != isBroken) continue;
            yield return chain.Hit(
                $"Expected a key of {least} bits or more in {chain.Name(index)}. Got: {facts.KeyBits} bits.", index,
                    facts.KeyAt);
        }
    }

    // RFC 8446, Section 4.4.2.2: nobody checks the signature of a root, so it doesn't matter.
    private static IEnumerable<(SeenCertificate Seen, IReadOnlyList<SignatureScheme> Schemes)> Signed(
        SeenChain chain) =>
        from seen in chain.Certificates
        where seen.Facts is { IsSelfIssued: false }
        select (seen, CertificateSignature.SchemesOf(seen.Facts!));

    private static IEnumerable<RuleHit> SignedWith(SeenChain chain, string hash) =>
        from signed in Signed(chain)
        where signed.Schemes is [{ Info.Hash: { } used }, ..] && used == hash
        select chain.Hit(
            $"Expected a better hash in the signature of {chain.Name(signed.Seen.Index)}. Got: {hash}.",
            signed.Seen.Index, signed.Seen.Facts!.SignatureAlgorithmAt);

    private static IEnumerable<RuleHit> NotOffered(SeenChain chain)
    {
        if (chain.Handshake.Terms is not { } terms || terms.Version < ProtocolVersion.Tls12) yield break;
        if (Offered(chain) is not { } offered) yield break;
        foreach (var (seen, schemes) in Signed(chain))
        {
            if (schemes.Count == 0 || schemes.Any(offered.Contains)) continue;
            yield return chain.Hit(
                $"Expected an offered scheme ({string.Join(", ", offered)}) in {chain.Name(seen.Index)}. "
                + $"Got: {schemes[0]}.",
                seen.Index, seen.Facts!.SignatureAlgorithmAt);
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
