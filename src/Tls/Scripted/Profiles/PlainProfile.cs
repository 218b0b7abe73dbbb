using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>A client without habits, which offers what it is told and no more.</summary>
public static class PlainProfile
{
    /// <summary>Groups for whoever is not told which.</summary>
    public static readonly IReadOnlyList<string> UsualGroups = ["x25519", "secp256r1", "secp384r1", "ffdhe2048"];

    // RFC 8446, Section 9.1, and what older servers want.
    /// <summary>Signature schemes for whoever is not told which.</summary>
    public static readonly IReadOnlyList<string> Schemes =
    [
        "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512", "ed25519", "ed448",
        "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512",
        "rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512",
        "rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "rsa_pkcs1_sha512", "rsa_pkcs1_sha1",
    ];

    /// <summary>One that offers one version.</summary>
    /// <param name="version">TLS 1.0 to 1.3.</param>
    /// <param name="suites">The suites, in order.</param>
    /// <param name="groups">Names of the groups, in order; null for the usual ones.</param>
    /// <param name="takesTickets">True if it says so, up to TLS 1.2.</param>
    public static ClientProfile Of(
        ProtocolVersion version, IReadOnlyList<CipherSuite> suites, IReadOnlyList<string>? groups = null,
        bool takesTickets = false)
    {
        var offered = groups ?? UsualGroups;
        var extensions = new List<ExtensionShape>
        {
            new(ExtensionType.ServerName, []),
            new(ExtensionType.SupportedGroups, offered),
            new(ExtensionType.EcPointFormats, ["uncompressed"]),
            new(ExtensionType.ExtendedMasterSecret, []),
            new(ExtensionType.RenegotiationInfo, []),
        };
        if (takesTickets && !version.IsTls13) extensions.Add(new(ExtensionType.SessionTicket, []));
        if (version >= ProtocolVersion.Tls12) extensions.Add(new(ExtensionType.SignatureAlgorithms, Schemes));
        if (version.IsTls13)
        {
            extensions.Add(new(ExtensionType.SupportedVersions, [version.Id]));
            extensions.Add(new(ExtensionType.PskKeyExchangeModes, []));
            extensions.Add(new(ExtensionType.KeyShare, [.. offered.Take(1)]));
        }
        var hello = new HelloShape(
            version.IsTls13 ? ProtocolVersion.Tls12 : version,
            ProtocolVersion.Tls10,
            version.IsTls13 ? 32 : 0,
            suites,
            [CompressionMethod.Null],
            extensions);
        return ClientProfile.Plain with { Hello = hello };
    }
}
