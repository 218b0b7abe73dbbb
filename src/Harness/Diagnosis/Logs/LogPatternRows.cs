namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>The rows of <see cref="LogPatterns"/>, by what they are about.</summary>
/// <remarks>
/// Words of OpenSSL 1.1 to 3.5, GnuTLS 3.7, NSS 3.87, SunJSSE 8 to 25, and the events of SChannel as Windows logs them.
/// </remarks>
internal static class LogPatternRows
{
    private static readonly string[] Expired =
        [
        "certificate-expired", "certificate-expired-silently", "misleading-alert", "issuer-expired",
        "client-certificate-refused",
    ];

    private static readonly string[] Untrusted =
        ["unknown-authority", "missing-intermediate", "self-signed-certificate", "client-certificate-refused"];

    private static readonly string[] Refused =
    [
        "certificate-refused", "certificate-refused-unseen", "certificate-wrong-name", "client-certificate-refused",
        "hidden-alert",
    ];

    private static readonly string[] AnyEnd =
    [
        "alert-unexplained", "closed-in-handshake", "closed-after-client-hello", "client-hello-unanswered",
        "hidden-alert", "certificate-refused", "certificate-refused-unseen", "no-common-suite",
    ];

    public static readonly LogPattern[] Certificates =
    [
        new("OpenSSL", "certificate has expired", "a certificate whose time is over", Expired),
        // Who logs an alert only says again what the wire shows.
        new("OpenSSL", "alert certificate expired|alert number 45", "a certificate whose time is over",
            [.. Expired, "certificate-refused-unseen"]) { Weight = LogWeight.Supports },
        new("GnuTLS", "certificate chain uses expired certificate|Certificate is expired",
            "a certificate whose time is over", Expired),
        new("NSS", "SEC_ERROR_EXPIRED_CERTIFICATE|SSL_ERROR_EXPIRED_CERT_ALERT",
            "a certificate whose time is over", Expired),
        // With the weekday: without it, OpenSSL tells the dates of any certificate so.
        new("Java", "CertificateExpiredException|\\bNotAfter: (Mon|Tue|Wed|Thu|Fri|Sat|Sun) ",
            "a certificate whose time is over", Expired),
        new("SChannel", "CERT_E_EXPIRED|0x800b0101|SEC_E_CERT_EXPIRED|0x80090328",
            "a certificate whose time is over", Expired),
        new("OpenSSL", "certificate is not yet valid", "a certificate whose time is to come",
            "certificate-not-yet-valid"),
        new("Java", "CertificateNotYetValidException", "a certificate whose time is to come",
            "certificate-not-yet-valid"),
        new("OpenSSL", "self.signed certificate", "a certificate that nobody else vouches for", Untrusted),
        new("OpenSSL", "unable to get (local )?issuer certificate|unable to verify the first certificate",
            "that no path to a trusted root was found", Untrusted),
        new("OpenSSL", "alert unknown ca|alert number 48", "that the other end does not trust the issuer",
            [.. Untrusted, "certificate-refused-unseen"]) { Weight = LogWeight.Supports },
        new("GnuTLS", "certificate issuer is unknown|CA is unknown", "that the issuer is not trusted", Untrusted),
        new("NSS", "SEC_ERROR_UNKNOWN_ISSUER|SSL_ERROR_UNKNOWN_CA_ALERT", "that the issuer is not trusted", Untrusted),
        new("Java", "unable to find valid certification path|PKIX path building failed",
            "that no path to a trusted root was found", Untrusted),
        new("SChannel", "CERT_E_UNTRUSTEDROOT|0x800b0109|SEC_E_UNTRUSTED_ROOT|0x80090325|PartialChain",
            "that no path to a trusted root was found", Untrusted),
        new("OpenSSL", "hostname mismatch|IP address mismatch", "a certificate for another name",
            "certificate-wrong-name"),
        new("curl", "no alternative certificate subject name matches|does not match target host",
            "a certificate for another name", "certificate-wrong-name"),
        new("GnuTLS", "name in the certificate does not match", "a certificate for another name",
            "certificate-wrong-name"),
        new("NSS", "SSL_ERROR_BAD_CERT_DOMAIN", "a certificate for another name", "certificate-wrong-name"),
        new("Java", "No subject alternative|No name matching", "a certificate for another name",
            "certificate-wrong-name"),
        new("SChannel", "CERT_E_CN_NO_MATCH|0x800b010f|SEC_E_WRONG_PRINCIPAL|0x80090322|RemoteCertificateNameMismatch",
            "a certificate for another name", "certificate-wrong-name"),
        new("OpenSSL", "unsupported certificate purpose|unsuitable certificate purpose",
            "a certificate for another use", "certificate-wrong-usage"),
        new("OpenSSL", "(ee|ca) key too small|certificate key too weak|ee_key_too_small",
            "a key below the security level", "certificate-key-weak"),
        new("OpenSSL", "(ca|ee) md too weak|digest (algorithm )?too weak", "a signature below the security level",
            "certificate-signature-weak"),
        new("GnuTLS", "insecure algorithm", "a signature that is not trusted any more", "certificate-signature-weak"),
        new("OpenSSL", "peer did not return a certificate", "that the client showed no certificate",
            "client-certificate-required"),
        new("GnuTLS", "No certificate was found|Certificate is required", "that the client showed no certificate",
            "client-certificate-required"),
        new("OpenSSL", "alert certificate required|alert number 116", "that the client showed no certificate",
            "client-certificate-required"),
        new("OpenSSL", "alert (bad certificate|certificate unknown|unsupported certificate)|alert number 4[236]\\b",
            "that the other end refused the certificate it was shown", Refused) { Weight = LogWeight.Supports },
        new("OpenSSL", "certificate verify failed|SSL certificate problem",
            "that the certificate was refused", Refused) { Weight = LogWeight.Supports },
        new("GnuTLS", "Error in the certificate|PKI verification of server certificate failed",
            "that the certificate was refused", Refused) { Weight = LogWeight.Supports },
        new("SChannel", "(alert|error) code[^0-9]*43\\b",
            "alert 43, by which Windows also tells of a certificate that has expired", Expired)
        {
            Weight = LogWeight.Supports,
        },
    ];

    public static readonly LogPattern[] Negotiation =
    [
        new("OpenSSL", "no shared cipher", "no suite in common, or no certificate for one", "no-common-suite",
            "server-certificate-missing"),
        new("GnuTLS", "No supported cipher suites have been found|no cipher suites in common", "no suite in common",
            "no-common-suite"),
        new("NSS", "SSL_ERROR_NO_CYPHER_OVERLAP", "no suite in common", "no-common-suite"),
        new("Java", "no cipher suites in common", "no suite in common", "no-common-suite"),
        new("SChannel", "none of the cipher suites supported by the client|SEC_E_ALGORITHM_MISMATCH|0x80090331",
            "no suite or version in common", "no-common-suite", "no-common-version")
        {
            Weight = LogWeight.Supports,
        },
        new("OpenSSL", "unsupported protocol|no protocols available|alert protocol version",
            "no version in common", "no-common-version"),
        new("OpenSSL", "wrong version number", "no version in common, or octets that are no TLS",
            "no-common-version", "clear-text-to-tls-port", "tls-to-clear-text-port", "starttls-refused",
            "starttls-not-offered")
        {
            Weight = LogWeight.Supports,
        },
        new("GnuTLS", "unsupported (protocol )?version|version packet was received", "no version in common",
            "no-common-version"),
        new("NSS", "SSL_ERROR_UNSUPPORTED_VERSION|SSL_ERROR_PROTOCOL_VERSION_ALERT", "no version in common",
            "no-common-version"),
        new("Java", "client requested protocol .* not enabled|No appropriate protocol|The server selected protocol",
            "no version in common", "no-common-version"),
        new("OpenSSL", "no suitable key share|no shared group|wrong curve|missing supported groups",
            "no group in common", "no-common-group"),
        new("OpenSSL", "no suitable signature algorithm|no shared signature algorithms|wrong signature type",
            "no signature scheme in common", "no-common-signature-scheme", "no-common-version"),
        new("OpenSSL", "no application protocol", "no application protocol in common", "alpn-mismatch"),
        new("GnuTLS", "No common application protocol", "no application protocol in common", "alpn-mismatch"),
        new("OpenSSL", "unrecognized name|callback failed.*servername", "a name that the server does not serve",
            "sni-refused"),
        new("OpenSSL", "dh key too small", "a Diffie-Hellman group that is too small", "dh-group-too-small"),
        new("OpenSSL", "binder does not verify", "a binder that does not verify: another pre-shared key",
            "psk-binder-wrong"),
        new("GnuTLS", "Diffie-Hellman prime sent by the server is not acceptable",
            "a Diffie-Hellman group that is too small", "dh-group-too-small"),
        new("OpenSSL", "unsafe legacy renegotiation disabled", "that the server lacks renegotiation_info",
            "renegotiation-info-missing"),
        new("OpenSSL", "inappropriate fallback", "a client that came back with an older version",
            "inappropriate-fallback"),
    ];

    public static readonly LogPattern[] Records =
    [
        new("OpenSSL", "decryption failed or bad record mac|bad record mac", "a record that does not open",
            "padding-intolerance", "record-corrupted", "bad-record-mac-unfounded") { Weight = LogWeight.Supports },
        new("GnuTLS", "Decryption has failed|Bad record MAC", "a record that does not open",
            "padding-intolerance", "record-corrupted", "bad-record-mac-unfounded") { Weight = LogWeight.Supports },
        new("OpenSSL", "digest check failed", "a Finished that does not verify", "finished-wrong"),
        new("OpenSSL", "http request", "HTTP in clear text", "clear-text-to-tls-port"),
        new("GnuTLS", "An unexpected TLS packet was received", "octets that are no TLS",
            "tls-to-clear-text-port", "clear-text-to-tls-port") { Weight = LogWeight.Supports },
        new("OpenSSL", "packet length too long|record layer failure", "octets that are no TLS, or too many of them",
            "tls-to-clear-text-port", "record-too-large") { Weight = LogWeight.Supports },
        new("OpenSSL", "unexpected eof while reading", "a connection that ended without close_notify",
            "no-close-notify"),
        new("GnuTLS", "TLS connection was non-properly terminated", "a connection that ended without close_notify",
            "no-close-notify"),
        new("ssldump", "Not enough data\\. Found \\d+ bytes \\(expecting \\d+\\)",
            "that the tool could not read a message", "tool-misreading"),
        new("Wireshark", "\\[?Malformed Packet", "that the tool could not read a message", "tool-misreading"),
    ];

    public static readonly LogPattern[] Transport =
    [
        new("sockets", "connection refused|ECONNREFUSED", "that nobody listens", "connection-refused"),
        new("sockets", "connection timed out|ETIMEDOUT", "that nobody answers", "nobody-answers"),
        new("sockets", "connection reset by peer|ECONNRESET|errno=104", "a RST",
            "middlebox-reset", "reset-at-client-hello", "closed-after-client-hello", "closed-in-handshake")
        {
            Weight = LogWeight.Mentions,
        },
    ];

    /// <summary>Words that say that something failed, and not what.</summary>
    public static readonly LogPattern[] Unspecific =
    [
        new("OpenSSL", "alert handshake failure|alert number 40", "handshake_failure, which names no reason", AnyEnd)
        {
            Weight = LogWeight.Mentions,
        },
        new("GnuTLS", "A TLS fatal alert has been received|Error in handshake|Handshake failed",
            "an alert, and not which", AnyEnd) { Weight = LogWeight.Mentions },
        new("Cyrus", "TLS negotiation failed|tls_start_servertls\\(\\) failed",
            "that the handshake failed, and not why", AnyEnd) { Weight = LogWeight.Mentions },
        new("Exim", "rejected our certificate\\?", "that the client left, maybe for the certificate", AnyEnd)
        {
            Weight = LogWeight.Mentions,
        },
        new("SChannel", "fatal (alert|error) code is \\d+", "the number of an alert", AnyEnd)
        {
            Weight = LogWeight.Mentions,
        },
    ];
}
