namespace TlsInterop.Tls.Messages;

/// <summary>An extension of a certificate.</summary>
/// <param name="Oid">Its identifier in dotted form.</param>
/// <param name="IsCritical">True if who does not know it must reject the certificate.</param>
/// <param name="Value">The content of extnValue: DER of the extension's own type.</param>
/// <remarks>RFC 5280, Section 4.2.</remarks>
public readonly record struct CertificateExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value);
