namespace TlsInterop.Tls.Messages;

/// <summary>Names of the object identifiers that certificates are signed, used and extended with.</summary>
/// <remarks>RFC 3279, RFC 4055, RFC 5758, RFC 8410, RFC 9881; RFC 5280, Section 4.2.1.12; RFC 7633; RFC 6962.</remarks>
internal static class CertificateOids
{
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAltName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string TlsFeature = "1.3.6.1.5.5.7.1.24";
    public const string SignedCertificateTimestamps = "1.3.6.1.4.1.11129.2.4.2";

    /// <summary>Names of signature algorithms.</summary>
    public static readonly Dictionary<string, string> Signatures = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = "md2WithRSA",
        ["1.2.840.113549.1.1.4"] = "md5WithRSA",
        ["1.2.840.113549.1.1.5"] = "sha1WithRSA",
        ["1.2.840.113549.1.1.10"] = "rsassaPss",
        ["1.2.840.113549.1.1.11"] = "sha256WithRSA",
        ["1.2.840.113549.1.1.12"] = "sha384WithRSA",
        ["1.2.840.113549.1.1.13"] = "sha512WithRSA",
        ["1.2.840.113549.1.1.14"] = "sha224WithRSA",
        ["1.2.840.10040.4.3"] = "sha1WithDSA",
        ["2.16.840.1.101.3.4.3.1"] = "sha224WithDSA",
        ["2.16.840.1.101.3.4.3.2"] = "sha256WithDSA",
        ["1.2.840.10045.4.1"] = "ecdsaWithSha1",
        ["1.2.840.10045.4.3.1"] = "ecdsaWithSha224",
        ["1.2.840.10045.4.3.2"] = "ecdsaWithSha256",
        ["1.2.840.10045.4.3.3"] = "ecdsaWithSha384",
        ["1.2.840.10045.4.3.4"] = "ecdsaWithSha512",
        ["1.3.101.112"] = "ed25519",
        ["1.3.101.113"] = "ed448",
        ["2.16.840.1.101.3.4.3.17"] = "mldsa44",
        ["2.16.840.1.101.3.4.3.18"] = "mldsa65",
        ["2.16.840.1.101.3.4.3.19"] = "mldsa87",
        ["1.2.156.10197.1.501"] = "sm2WithSM3",
    };

    /// <summary>Names of extended key usages.</summary>
    public static readonly Dictionary<string, string> Purposes = new(StringComparer.Ordinal)
    {
        ["2.5.29.37.0"] = "anyExtendedKeyUsage",
        ["1.3.6.1.5.5.7.3.1"] = "serverAuth",
        ["1.3.6.1.5.5.7.3.2"] = "clientAuth",
        ["1.3.6.1.5.5.7.3.3"] = "codeSigning",
        ["1.3.6.1.5.5.7.3.4"] = "emailProtection",
        ["1.3.6.1.5.5.7.3.8"] = "timeStamping",
        ["1.3.6.1.5.5.7.3.9"] = "OCSPSigning",
    };
}
