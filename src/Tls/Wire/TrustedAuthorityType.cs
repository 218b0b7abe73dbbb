namespace TlsInterop.Tls.Wire;

/// <summary>How a client names an authority that it trusts.</summary>
/// <remarks>RFC 6066, Section 6: IdentifierType.</remarks>
public readonly record struct TrustedAuthorityType(byte Code)
{
    public static readonly TrustedAuthorityType PreAgreed = new(0);
    public static readonly TrustedAuthorityType KeySha1Hash = new(1);
    public static readonly TrustedAuthorityType X509Name = new(2);
    public static readonly TrustedAuthorityType CertSha1Hash = new(3);

    public override string ToString() => Code switch
    {
        0 => "pre_agreed",
        1 => "key_sha1_hash",
        2 => "x509_name",
        3 => "cert_sha1_hash",
        _ => $"0x{Code:x2}",
    };
}
