using System.Security.Cryptography;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Pki;

/// <summary>A kind of key that leaves have, and what it takes to use one.</summary>
/// <param name="Name">Kind and size, in the decoder's words: <c>rsa2048</c>, <c>ecdsa-p256</c>, <c>ed25519</c>.</param>
/// <param name="Authentication">The suites before TLS 1.3 that authenticate with it.</param>
/// <param name="Make">Makes one.</param>
/// <param name="Schemes">Signature schemes of TLS 1.2 and 1.3 that sign with it.</param>
// RFC 8446, Section 4.2.3; in TLS 1.2 an ECDSA key signs with any hash: RFC 8422, Section 5.1.
public sealed record LeafKeyKind(
    string Name, AuthenticationAlgorithm Authentication, Func<LeafKey> Make, params IReadOnlyList<ushort> Schemes)
{
    public static readonly LeafKeyKind Rsa1024 = Rsa(1024);
    public static readonly LeafKeyKind Rsa2048 = Rsa(2048);
    public static readonly LeafKeyKind Rsa3072 = Rsa(3072);
    public static readonly LeafKeyKind Rsa4096 = Rsa(4096);

    public static readonly LeafKeyKind RsaPss2048 =
        new("rsa-pss2048", AuthenticationAlgorithm.Rsa, () => LeafKey.RsaPss(2048), 0x0809, 0x080a, 0x080b);

    public static readonly LeafKeyKind EcdsaP256 = Ecdsa("p256", ECCurve.NamedCurves.nistP256, "secp256r1", 0x0403);
    public static readonly LeafKeyKind EcdsaP384 = Ecdsa("p384", ECCurve.NamedCurves.nistP384, "secp384r1", 0x0503);
    public static readonly LeafKeyKind EcdsaP521 = Ecdsa("p521", ECCurve.NamedCurves.nistP521, "secp521r1", 0x0603);

    public static readonly LeafKeyKind Ed25519 =
        new("ed25519", AuthenticationAlgorithm.Ecdsa, LeafKey.Ed25519, 0x0807);

    public static readonly LeafKeyKind Ed448 = new("ed448", AuthenticationAlgorithm.Ecdsa, LeafKey.Ed448, 0x0808);

    /// <summary>Further schemes of TLS 1.2 alone; without one, nothing before TLS 1.2 signs with the key.</summary>
    public IReadOnlyList<ushort> OlderSchemes { get; init; } = [];

    /// <summary>The group that a client must offer before TLS 1.3 to get such a certificate; null for none.</summary>
    // RFC 8422, Section 5.1
    public NamedGroupInfo? Curve { get; init; }

    /// <summary>True if TLS 1.0 and 1.1 can sign with it.</summary>
    public bool IsOld => OlderSchemes.Count > 0;

    /// <summary>True if it encrypts the premaster secret of RSA key exchange.</summary>
    // RFC 4055, Section 1.2: a key for RSASSA-PSS encrypts nothing.
    public bool Encrypts => Authentication == AuthenticationAlgorithm.Rsa && IsOld;

    /// <summary>True if every server can use it; whether it can use others, a server says itself.</summary>
    public bool IsEveryServers => Encrypts || Name == EcdsaP256.Name;

    /// <summary>True if a suite can authenticate the server with such a key.</summary>
    // RFC 8422, Section 2; RFC 5246, Section 7.4.2; TLS 1.3 leaves it to signature_algorithms:
    // RFC 8446, Section 4.4.2.2.
    public bool Fits(CipherSuiteInfo suite) => (suite.KeyExchange, suite.Authentication) switch
    {
        // Static (EC)DH would need a certificate that holds a key of that kind: no profile does.
        (KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh, _) => false,
        (_, AuthenticationAlgorithm.Tls13) => true,
        (KeyExchangeAlgorithm.Rsa, AuthenticationAlgorithm.Rsa) => Encrypts,
        _ => suite.Authentication == Authentication,
    };

    /// <summary>The schemes of which a client must offer one to be served with such a key.</summary>
    public IEnumerable<ushort> SchemesIn(ProtocolVersion version) =>
        version < ProtocolVersion.Tls13 ? Schemes.Concat(OlderSchemes) : Schemes;

    public override string ToString() => Name;

    private static LeafKeyKind Rsa(int bits) =>
        new($"rsa{bits}", AuthenticationAlgorithm.Rsa, () => LeafKey.Rsa(bits), 0x0804, 0x0805, 0x0806)
        {
            OlderSchemes = [0x0401, 0x0501, 0x0601, 0x0201],
        };

    private static LeafKeyKind Ecdsa(string size, ECCurve curve, string group, ushort scheme) =>
        new($"ecdsa-{size}", AuthenticationAlgorithm.Ecdsa, () => LeafKey.Ecdsa(curve), scheme)
        {
            OlderSchemes = [0x0403, 0x0503, 0x0603, 0x0203],
            Curve = NamedGroups.Find(group),
        };
}
