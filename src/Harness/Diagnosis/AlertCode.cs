namespace TlsInterop.Harness.Diagnosis;

/// <summary>Alerts as the patterns of rules name them: constants, which the registry's rows are not.</summary>
/// <remarks>IANA, "TLS Alerts", see <see cref="Tls.Wire.AlertDescriptions"/>.</remarks>
internal static class AlertCode
{
    public const byte UnexpectedMessage = 10;
    public const byte BadRecordMac = 20;
    public const byte DecryptionFailed = 21;
    public const byte RecordOverflow = 22;
    public const byte HandshakeFailure = 40;
    public const byte NoCertificate = 41;
    public const byte BadCertificate = 42;
    public const byte UnsupportedCertificate = 43;
    public const byte CertificateRevoked = 44;
    public const byte CertificateExpired = 45;
    public const byte CertificateUnknown = 46;
    public const byte IllegalParameter = 47;
    public const byte UnknownCa = 48;
    public const byte AccessDenied = 49;
    public const byte DecodeError = 50;
    public const byte DecryptError = 51;
    public const byte ProtocolVersionAlert = 70;
    public const byte InsufficientSecurity = 71;
    public const byte InternalError = 80;
    public const byte InappropriateFallback = 86;
    public const byte NoRenegotiation = 100;
    public const byte MissingExtension = 109;
    public const byte UnsupportedExtension = 110;
    public const byte CertificateUnobtainable = 111;
    public const byte UnrecognizedName = 112;
    public const byte BadCertificateStatusResponse = 113;
    public const byte UnknownPskIdentity = 115;
    public const byte CertificateRequired = 116;
    public const byte NoApplicationProtocol = 120;
    public const byte EchRequired = 121;
}
