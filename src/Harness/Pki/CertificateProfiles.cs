using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsInterop.Harness.Pki;

/// <summary>The certificates that there are, a row each.</summary>
internal static class CertificateProfiles
{
    // RFC 5280, Section 4.2.1.12
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private const string Client = "client.tlsinterop.test";

    private const string Certificate = "bad_certificate", Unspecified = "certificate_unknown";
    private const string Expired = "certificate_expired", UnknownCa = "unknown_ca";
    private const string Unsupported = "unsupported_certificate";

    // What says that no path to a root was found.
    private const string Path = "partial ?chain|certification path|first certificate";

    /// <summary>Those that a client must take if it can use their keys.</summary>
    public static readonly IReadOnlyList<CertificateProfile> Sound =
    [
        new(CertificateProfile.Default, "RSA key of 2048 bits, valid"),
        new("rsa3072", "RSA key of 3072 bits, valid") { Key = LeafKeyKind.Rsa3072 },
        new("rsa4096", "RSA key of 4096 bits, valid") { Key = LeafKeyKind.Rsa4096 },
        new("rsa-pss", "RSA key for RSASSA-PSS only, valid") { Key = LeafKeyKind.RsaPss2048 },
        new("ecdsa-p256", "ECDSA key on secp256r1, valid") { Key = LeafKeyKind.EcdsaP256 },
        new("ecdsa-p384", "ECDSA key on secp384r1, valid") { Key = LeafKeyKind.EcdsaP384 },
        new("ecdsa-p521", "ECDSA key on secp521r1, valid") { Key = LeafKeyKind.EcdsaP521 },
        new("ed25519", "Ed25519 key, valid") { Key = LeafKeyKind.Ed25519 },
        new("ed448", "Ed448 key, valid") { Key = LeafKeyKind.Ed448 },
        new("wildcard", "for *.tlsinterop.test; clients ask for www.tlsinterop.test")
        {
            ServerName = "www.tlsinterop.test", DnsNames = ["*.tlsinterop.test"],
        },
        new("ip", "for IP addresses beside the name") { Addresses = ["192.0.2.1", "2001:db8::1"] },
    ];

    /// <summary>Those of clients: what scenarios call them, and what servers may think of them.</summary>
    public static readonly IReadOnlyList<CertificateProfile> OfClients =
    [
        new("client", "a client's, valid") { CommonName = Client, DnsNames = [Client], Purpose = ClientAuth },
        new("client-unknown", "a client's, of an authority that nobody trusts")
        {
            CommonName = Client, DnsNames = [Client], Purpose = ClientAuth,
            Issuer = TestAuthority.Unknown, Sends = [TestAuthority.Unknown],
        },
    ];

    /// <summary>Those with something wrong.</summary>
    public static readonly IReadOnlyList<CertificateProfile> Faulty =
    [
        // As in the report that the profile is for.
        new("expired", "notAfter has passed, 23 days ago")
        {
            NotAfter = TimeSpan.FromDays(-23),
            Fault = new(
                Refusal.Must, "whose notAfter has passed", "RFC 5280, Section 6.1.3",
                "expired|not ?time ?valid|NotAfter", Expired),
        },
        // NSS forgives a day.
        new("not-yet-valid", "notBefore is to come, in three days")
        {
            NotBefore = TimeSpan.FromDays(3), NotAfter = TimeSpan.FromDays(4),
            Fault = new(
                Refusal.Must, "whose notBefore is to come", "RFC 5280, Section 6.1.3",
                "not ?yet|not ?(time ?)?valid|valid (only )?from|before|future", Expired),
        },
        new("wrong-name", "for other.test only")
        {
            CommonName = "other.test", DnsNames = ["other.test"],
            Fault = WrongName("for another name"),
        },
        new("wildcard-parent", "for *.tlsinterop.test, which is not tlsinterop.test")
        {
            CommonName = "*.tlsinterop.test", DnsNames = ["*.tlsinterop.test"],
            Fault = WrongName("for names below the one that is asked for"),
        },
        new("ip-only", "for an IP address only, asked for by name")
        {
            CommonName = "192.0.2.1", DnsNames = [], Addresses = ["192.0.2.1"],
            Fault = WrongName("for an address, and the client asked for a name"),
        },
        new("self-signed", "it signed itself")
        {
            Issuer = null, Sends = [],
            Fault = new(
                Refusal.Must, "that signed itself, and that nobody trusts", "RFC 5280, Section 6.1.1",
                $"self.?signed|issuer|unknown|trust|authority|{Path}|root", UnknownCa),
        },
        new("unknown-ca", "its root is not trusted")
        {
            Issuer = TestAuthority.Unknown, Sends = [TestAuthority.Unknown],
            Fault = new(
                Refusal.Must, "whose root nobody trusts", "RFC 5280, Section 6.1.1",
                $"issuer|unknown|trust|authority|{Path}|root", UnknownCa),
        },
        new("missing-intermediate", "the server sends the leaf alone")
        {
            Sends = [],
            Fault = new(
                Refusal.Must, "whose issuer is neither sent nor known",
                "RFC 8446, Section 4.4.2; RFC 5280, Section 6.1",
                $"issuer|unknown|trust|authority|{Path}|root", UnknownCa),
        },
        new("wrong-order", "the server sends the upper intermediate before the lower one")
        {
            Issuer = TestAuthority.Lower, Sends = [TestAuthority.Intermediate, TestAuthority.Lower],
            Fault = new(
                Refusal.MayAccept, "whose issuers are sent in the wrong order",
                "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.2",
                $"order|issuer|unknown|trust|authority|{Path}", Certificate, UnknownCa),
        },
        new("wrong-eku", "extendedKeyUsage names client authentication only")
        {
            Purpose = ClientAuth,
            Fault = new(
                Refusal.Must, "that is not for servers", "RFC 5280, Section 4.2.1.12",
                "purpose|usage|eku|serverAuth", Unsupported),
        },
        new("wrong-ku", "keyUsage has no digitalSignature")
        {
            KeyUsage = X509KeyUsageFlags.KeyEncipherment,
            Fault = new(
                Refusal.MayAccept, "whose key is not for signatures",
                "RFC 8446, Section 4.4.2.2; RFC 5246, Section 7.4.2",
                "usage|digitalSignature|purpose", Unsupported),
        },
        new("sha1", "signed with SHA-1")
        {
            Hash = HashAlgorithmName.SHA1,
            Fault = new(
                Refusal.MayAccept, "that is signed with SHA-1", "RFC 8446, Section 4.4.2.4",
                "sha-?1|digest|md |algorithm|insecure|weak|signature", Certificate),
        },
        new("rsa1024", "RSA key of 1024 bits")
        {
            Key = LeafKeyKind.Rsa1024,
            Fault = new(
                Refusal.MayAccept, "whose key has 1024 bits", "RFC 9325, Section 4.5",
                "key|small|weak|short|insecure|constraint", Certificate, Unspecified,
                Unsupported, "insufficient_security"),
        },
        // RFC 5280, Section 4.2.1.10: who can't process constraints on names of hosts refuses what has them.
        new("name-constraints", "valid; its issuer may issue for tlsinterop.test only")
        {
            Issuer = TestAuthority.Constrained, Sends = [TestAuthority.Constrained], DnsNames = ["tlsinterop.test"],
            Fault = new(
                Refusal.MayAccept, "whose issuer has name constraints, which it keeps", "RFC 5280, Section 4.2.1.10",
                "constraint|critical|extension", Unsupported, Certificate, Unspecified),
        },
        new("name-constraints-broken", "its issuer may issue for example.test only")
        {
            Issuer = TestAuthority.ConstrainedElsewhere, Sends = [TestAuthority.ConstrainedElsewhere],
            DnsNames = ["tlsinterop.test"],
            Fault = new(
                Refusal.Must, "that its issuer may not issue: the name constraints", "RFC 5280, Section 6.1.3",
                "constraint|permitted|excluded|subtree|name_space", Certificate, Unspecified),
        },
        new("chain-16k", "valid; its chain is longer than 16 KiB") { Comment = 17_000, Fault = TooLong("16 KiB") },
        new("chain-64k", "valid; its chain is longer than 64 KiB") { Comment = 66_000, Fault = TooLong("64 KiB") },
    ];

    private static CertificateFault WrongName(string cause) => new(
        Refusal.Must, cause, "RFC 9525, Section 6.3", "name|host|match|identity|domain|valid for|not for", Certificate,
        Unspecified);

    // Nothing is wrong with it, and nobody has to be able to hold it.
    private static CertificateFault TooLong(string length) => new(
        Refusal.MayAccept, $"whose chain is longer than {length}", "RFC 8446, Section 4.4.2",
        "size|large|long|length|limit|memory|exceed|too big", Unspecified, Certificate, "internal_error");
}
