namespace TlsInterop.Tls.Wire;

/// <summary>How a scheme signs.</summary>
public enum SignatureAlgorithm { RsaPkcs1, RsaPssRsae, RsaPssPss, Dsa, Ecdsa, EdDsa, Gost, Sm2, MlDsa, SlhDsa }

/// <summary>One row of the registry of signature schemes.</summary>
/// <param name="Code">Code point.</param>
/// <param name="Name">IANA name; pairs of TLS 1.2 that have none get one of the same form.</param>
/// <param name="Algorithm">How it signs.</param>
/// <param name="Hash">
/// Hash over the signed content: <c>MD5</c>, <c>SHA1</c>, ... <c>SHA512</c>; null if the algorithm has its own.
/// </param>
/// <param name="GnuTls">GnuTLS' name without the <c>SIGN-</c> of priority strings, or null if it has none.</param>
public sealed record SignatureSchemeInfo(
    ushort Code,
    string Name,
    SignatureAlgorithm Algorithm,
    string? Hash,
    string? GnuTls = null)
{
    private static readonly Dictionary<SignatureAlgorithm, string> PairNames = new()
    {
        [SignatureAlgorithm.RsaPkcs1] = "RSA",
        [SignatureAlgorithm.Dsa] = "DSA",
        [SignatureAlgorithm.Ecdsa] = "ECDSA",
    };

    /// <summary>The pair that OpenSSL takes in <c>-sigalgs</c> since 1.0.2; null if it has none.</summary>
    public string? OpenSslPair => IsPair && PairNames.TryGetValue(Algorithm, out var name) ? $"{name}+{Hash}" : null;

    /// <summary>True if its two octets are a hash and a signature algorithm of TLS 1.2.</summary>
    /// <remarks>RFC 5246, Section 7.4.1.4.1.</remarks>
    public bool IsPair => Code >> 8 is >= 1 and <= 6 && (Code & 0xff) is >= 1 and <= 3;

    /// <summary>JSSE's name: IANA's, but for pairs of TLS 1.2 that have none. NSS uses the same as here.</summary>
    public string Jsse => Code is 0x0101 or 0x0301 ? Name.Replace("_pkcs1", "", StringComparison.Ordinal) : Name;
}
