namespace TlsInterop.Tls.Extensions;

/// <summary>The message that an extension stands in: it decides the form of the content.</summary>
/// <remarks>RFC 8446, Section 4.2.</remarks>
public enum ExtensionPlace : byte
{
    ClientHello,
    ServerHello,
    HelloRetryRequest,
    EncryptedExtensions,
    Certificate,
    CertificateRequest,
    NewSessionTicket,
}
