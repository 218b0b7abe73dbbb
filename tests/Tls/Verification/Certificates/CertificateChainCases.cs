using System.Security.Cryptography.X509Certificates;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Tests.Verification.Certificates.MadeCertificate;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Certificates;

internal static class CertificateChainCases
{
    private static readonly MadeCertificate Between =
        Intermediate with { Subject = "CN=between", Issuer = "CN=intermediate", Signer = Intermediate.Key };

    private static readonly MadeCertificate Proxy = Leaf with
    {
        Subject = "CN=proxy,CN=tlsinterop.test", Issuer = Leaf.Subject, Signer = Leaf.Key, IsProxy = true,
    };

    public static readonly RuleCase[] Rows =
    [
        Loud("certificate-chain-order", "the root before the intermediate", () =>
            ChainEvidence.Server(Leaf, Root, Intermediate)),
        Loud("certificate-chain-order", "no issuer at all", () => ChainEvidence.Server(Leaf, Root)),
        Quiet("certificate-chain-order", "leaf, intermediate, root", Whole),
        Loud("certificate-chain-signature", "another key than that of the intermediate", () =>
            ChainEvidence.Server(Leaf with { Signer = Root.Key }, Intermediate)),
        Quiet("certificate-chain-signature", "leaf, intermediate, root", Whole),
        Quiet("certificate-chain-signature", "a leaf alone", () =>
            ChainEvidence.Server(Leaf with { Signer = Root.Key })),
        Loud("certificate-issuer-no-authority", "an intermediate that is none", () =>
            ChainEvidence.Server(Leaf, Intermediate with { IsAuthority = false })),
        Quiet("certificate-issuer-no-authority", "leaf, intermediate, root", Whole),
        Quiet("certificate-issuer-no-authority", "the issuer of a proxy", Delegated),
        Quiet("certificate-issuer-no-authority", "the issuer of a proxy of a proxy", () => ChainEvidence.Server(
            Proxy with { Subject = "CN=again", Issuer = Proxy.Subject }, Proxy, Leaf, Intermediate)),
        Loud("certificate-issuer-no-authority", "the issuer of the issuer of a proxy", () =>
            ChainEvidence.Server(Proxy, Leaf, Intermediate with { IsAuthority = false })),
        Quiet("certificate-issuer-key-usage", "the issuer of a proxy", Delegated),
        Quiet("certificate-path-length", "the issuer of a proxy is no authority", Delegated),
        Loud("certificate-issuer-key-usage", "an intermediate without keyCertSign", () =>
            ChainEvidence.Server(Leaf, Intermediate with { Usage = X509KeyUsageFlags.DigitalSignature })),
        Quiet("certificate-issuer-key-usage", "an intermediate without keyUsage", () =>
            ChainEvidence.Server(Leaf, Intermediate with { Usage = null })),
        Loud("certificate-path-length", "one authority too many", () => Deep(0)),
        Quiet("certificate-path-length", "as many as allowed", () => Deep(1)),
        Quiet("certificate-path-length", "a leaf does not count", () =>
            ChainEvidence.Server(Leaf, Intermediate with { PathLength = 0 })),
        Loud("certificate-self-signed", "a leaf that is", () =>
            ChainEvidence.Server(Leaf with { Issuer = Leaf.Subject, Signer = Leaf.Key })),
        Quiet("certificate-self-signed", "leaf and intermediate", ChainEvidence.Healthy),
        Loud("certificate-root-sent", "leaf, intermediate, root", Whole),
        Quiet("certificate-root-sent", "leaf and intermediate", ChainEvidence.Healthy),
        Loud("certificate-twice", "the intermediate again", Repeated),
        Quiet("certificate-twice", "leaf, intermediate, root", Whole),
    ];

    private static Evidence Whole() => ChainEvidence.Server(Leaf, Intermediate, Root);

    private static Evidence Delegated() =>
        ChainEvidence.Server(Proxy, Leaf, Intermediate with { PathLength = 0 });

    private static Evidence Deep(int pathLength) => ChainEvidence.Server(
        Leaf with { Issuer = "CN=between" }, Between, Intermediate with { PathLength = pathLength });

    private static Evidence Repeated()
    {
        var (leaf, intermediate) = (Leaf.Encode(), Intermediate.Encode());
        return ChainEvidence.Of(ChainEvidence.Tls12, "tlsinterop.test", leaf, intermediate, intermediate);
    }
}
