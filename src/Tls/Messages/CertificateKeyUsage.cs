namespace TlsInterop.Tls.Messages;

/// <summary>What the key of a certificate may be used for.</summary>
/// <remarks>RFC 5280, Section 4.2.1.3: bit 0 is the first, here the lowest.</remarks>
[Flags]
public enum CertificateKeyUsage
{
    None = 0,
    DigitalSignature = 1 << 0,
    NonRepudiation = 1 << 1,
    KeyEncipherment = 1 << 2,
    DataEncipherment = 1 << 3,
    KeyAgreement = 1 << 4,
    KeyCertSign = 1 << 5,
    CrlSign = 1 << 6,
    EncipherOnly = 1 << 7,
    DecipherOnly = 1 << 8,
}
