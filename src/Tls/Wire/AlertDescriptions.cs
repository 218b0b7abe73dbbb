namespace TlsInterop.Tls.Wire;

/// <summary>The registry of alerts, with the words of each stack's log.</summary>
/// <remarks>
/// IANA, "TLS Alerts"; RFC 8446, Section 6; RFC 5246, Section 7.2. The words are those of OpenSSL 3.0, GnuTLS 3.7 and
/// NSS 3.87.
/// </remarks>
public static class AlertDescriptions
{
    private static readonly AlertDescriptionInfo[] Rows =
    [
        new(0, "close_notify", "close notify", "Close notify", "SSL_ERROR_CLOSE_NOTIFY_ALERT"),
        new(10, "unexpected_message", "unexpected_message", "Unexpected message",
            "SSL_ERROR_HANDSHAKE_UNEXPECTED_ALERT"),
        new(20, "bad_record_mac", "bad record mac", "Bad record MAC", "SSL_ERROR_BAD_MAC_ALERT"),
        new(21, "decryption_failed", "decryption failed", "Decryption failed", "SSL_ERROR_DECRYPTION_FAILED_ALERT"),
        new(22, "record_overflow", "record overflow", "Record overflow", "SSL_ERROR_RECORD_OVERFLOW_ALERT"),
        new(30, "decompression_failure", "decompression failure", "Decompression failed",
            "SSL_ERROR_DECOMPRESSION_FAILURE_ALERT"),
        new(40, "handshake_failure", "handshake failure", "Handshake failed", "SSL_ERROR_HANDSHAKE_FAILURE_ALERT"),
        new(41, "no_certificate", "no certificate", "No certificate (SSL 3.0)", "SSL_ERROR_NO_CERTIFICATE"),
        new(42, "bad_certificate", "bad certificate", "Certificate is bad", "SSL_ERROR_BAD_CERT_ALERT"),
        new(43, "unsupported_certificate", "unsupported certificate", "Certificate is not supported",
            "SSL_ERROR_UNSUPPORTED_CERT_ALERT"),
        new(44, "certificate_revoked", "certificate revoked", "Certificate was revoked",
            "SSL_ERROR_REVOKED_CERT_ALERT"),
        new(45, "certificate_expired", "certificate expired", "Certificate is expired", "SSL_ERROR_EXPIRED_CERT_ALERT"),
        new(46, "certificate_unknown", "certificate unknown", "Unknown certificate",
            "SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT"),
        new(47, "illegal_parameter", "illegal parameter", "Illegal parameter", "SSL_ERROR_ILLEGAL_PARAMETER_ALERT"),
        new(48, "unknown_ca", "unknown CA", "CA is unknown", "SSL_ERROR_UNKNOWN_CA_ALERT"),
        new(49, "access_denied", "access denied", "Access was denied", "SSL_ERROR_ACCESS_DENIED_ALERT"),
        new(50, "decode_error", "decode error", "Decode error", "SSL_ERROR_DECODE_ERROR_ALERT"),
        new(51, "decrypt_error", "decrypt error", "Decrypt error", "SSL_ERROR_DECRYPT_ERROR_ALERT"),
        new(52, "too_many_cids_requested", null, null, null), // RFC 9147, Section 9.2
        new(60, "export_restriction", "export restriction", "Export restriction", "SSL_ERROR_EXPORT_RESTRICTION_ALERT"),
        new(70, "protocol_version", "protocol version", "Error in protocol version",
            "SSL_ERROR_PROTOCOL_VERSION_ALERT"),
        new(71, "insufficient_security", "insufficient security", "Insufficient security",
            "SSL_ERROR_INSUFFICIENT_SECURITY_ALERT"),
        new(80, "internal_error", "internal error", "Internal error", "SSL_ERROR_INTERNAL_ERROR_ALERT"),
        new(86, "inappropriate_fallback", null, "Inappropriate fallback",
            "SSL_ERROR_INAPPROPRIATE_FALLBACK_ALERT"), // RFC 7507
        new(90, "user_canceled", "user canceled", "User canceled", "SSL_ERROR_USER_CANCELED_ALERT"),
        new(100, "no_renegotiation", "no renegotiation", "No renegotiation is allowed",
            "SSL_ERROR_NO_RENEGOTIATION_ALERT"),
        new(109, "missing_extension", null, "An extension was expected but was not seen",
            "SSL_ERROR_MISSING_EXTENSION_ALERT"),
        new(110, "unsupported_extension", "unsupported extension", "An unsupported extension was sent",
            "SSL_ERROR_UNSUPPORTED_EXTENSION_ALERT"),
        new(111, "certificate_unobtainable", "certificate unobtainable", "Could not retrieve the specified certificate",
            "SSL_ERROR_CERTIFICATE_UNOBTAINABLE_ALERT"), // RFC 6066
        new(112, "unrecognized_name", "unrecognized name", "The server name sent was not recognized",
            "SSL_ERROR_UNRECOGNIZED_NAME_ALERT"),
        new(113, "bad_certificate_status_response", "bad certificate status response", null,
            "SSL_ERROR_BAD_CERT_STATUS_RESPONSE_ALERT"),
        new(114, "bad_certificate_hash_value", "bad certificate hash value", null,
            "SSL_ERROR_BAD_CERT_HASH_VALUE_ALERT"),
        new(115, "unknown_psk_identity", "unknown PSK identity", "The SRP/PSK username is missing or not known",
            null), // RFC 4279
        new(116, "certificate_required", null, "Certificate is required", "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT"),
        new(117, "general_error", null, null, null),
        new(120, "no_application_protocol", "no application protocol",
            "No supported application protocol could be negotiated", "SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL"), // RFC 7301
        new(121, "ech_required", null, null, "SSL_ERROR_ECH_REQUIRED_ALERT"), // RFC 9849
    ];

    private static readonly Dictionary<byte, AlertDescriptionInfo> ByCode = Rows.ToDictionary(row => row.Code);

    /// <summary>Every row, in the order of code points.</summary>
    public static IReadOnlyList<AlertDescriptionInfo> All => Rows;

    /// <summary>The row of a code point, or null.</summary>
    public static AlertDescriptionInfo? Find(byte code) => ByCode.GetValueOrDefault(code);

    /// <summary>The row of a name: the registered one, or the words of some stack; null if there is none.</summary>
    public static AlertDescriptionInfo? Find(string name) =>
        Array.Find(Rows, row => row.Name == name)
        ?? Array.Find(Rows, row => row.OpenSsl == name || row.GnuTls == name || row.Nss == name);
}
