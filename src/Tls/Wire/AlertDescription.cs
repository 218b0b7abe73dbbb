namespace TlsInterop.Tls.Wire;

/// <summary>What an alert says.</summary>
/// <remarks>RFC 8446, Section 6; RFC 5246, Section 7.2; IANA, "TLS Alerts".</remarks>
public readonly record struct AlertDescription(byte Code)
{
    public static readonly AlertDescription CloseNotify = new(0);
    public static readonly AlertDescription HandshakeFailure = new(40);
    public static readonly AlertDescription DecodeError = new(50);
    public static readonly AlertDescription ProtocolVersion = new(70);

    private static readonly Dictionary<byte, string> Names = new()
    {
        [0] = "close_notify",
        [10] = "unexpected_message",
        [20] = "bad_record_mac",
        [21] = "decryption_failed",
        [22] = "record_overflow",
        [30] = "decompression_failure",
        [40] = "handshake_failure",
        [41] = "no_certificate",
        [42] = "bad_certificate",
        [43] = "unsupported_certificate",
        [44] = "certificate_revoked",
        [45] = "certificate_expired",
        [46] = "certificate_unknown",
        [47] = "illegal_parameter",
        [48] = "unknown_ca",
        [49] = "access_denied",
        [50] = "decode_error",
        [51] = "decrypt_error",
        [52] = "too_many_cids_requested", // RFC 9147, Section 9.2
        [60] = "export_restriction",
        [70] = "protocol_version",
        [71] = "insufficient_security",
        [80] = "internal_error",
        [86] = "inappropriate_fallback", // RFC 7507
        [90] = "user_canceled",
        [100] = "no_renegotiation",
        [109] = "missing_extension",
        [110] = "unsupported_extension",
        [111] = "certificate_unobtainable", // RFC 6066
        [112] = "unrecognized_name",
        [113] = "bad_certificate_status_response",
        [114] = "bad_certificate_hash_value",
        [115] = "unknown_psk_identity", // RFC 4279
        [116] = "certificate_required",
        [117] = "general_error",
        [120] = "no_application_protocol", // RFC 7301
        [121] = "ech_required",
    };

    public bool IsKnown => Names.ContainsKey(Code);

    /// <summary>The registered name, or <c>alert_</c> and the number in decimal, as logs count alerts.</summary>
    public override string ToString() => Names.GetValueOrDefault(Code) ?? $"alert_{Code}";

    /// <summary>Finds a description by its registered name.</summary>
    public static AlertDescription? Find(string name)
    {
        foreach (var (code, known) in Names)
            if (known == name) return new(code);
        return null;
    }
}
