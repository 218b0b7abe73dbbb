namespace TlsInterop.Tls.Wire;

/// <summary>How a scheme signs.</summary>
public enum SignatureAlgorithm { RsaPkcs1, RsaPssRsae, RsaPssPss, Dsa, Ecdsa, EdDsa, Gost, Sm2, MlDsa }

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
    string? GnuTls = null);
