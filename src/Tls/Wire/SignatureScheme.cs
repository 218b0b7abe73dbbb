namespace TlsInterop.Tls.Wire;

/// <summary>
/// A signature algorithm with its hash; in TLS 1.2 the same two octets are a hash and a signature algorithm.
/// </summary>
/// <remarks>
/// RFC 8446, Section 4.2.3; RFC 5246, Section 7.4.1.4.1; the registry is <see cref="SignatureSchemes"/>.
/// </remarks>
public readonly record struct SignatureScheme(ushort Code)
{
    /// <summary>
    /// What TLS 1.0 and 1.1 sign with an RSA key: MD5 and SHA-1 together, with no code point on the wire.
    /// </summary>
    /// <remarks>RFC 4346, Section 7.4.3.</remarks>
    public const string Md5Sha1 = "rsa_pkcs1_md5_sha1";

    /// <summary>The registry row, or null for a code point that is not in it.</summary>
    public SignatureSchemeInfo? Info => SignatureSchemes.Find(Code);

    /// <summary>The IANA name; for older pairs a name of the same form; else hexadecimal.</summary>
    public override string ToString() => Info?.Name ?? $"0x{Code:x4}";
}
