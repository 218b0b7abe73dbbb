namespace TlsInterop.Tls.Wire;

/// <summary>Which extension it is.</summary>
/// <remarks>RFC 8446, Section 4.2; IANA, "TLS ExtensionType Values". GREASE: <see cref="Grease"/>.</remarks>
public readonly record struct ExtensionType(ushort Code)
{
    public static readonly ExtensionType ServerName = new(0);
    public static readonly ExtensionType MaxFragmentLength = new(1);
    public static readonly ExtensionType ClientCertificateUrl = new(2);
    public static readonly ExtensionType TrustedCaKeys = new(3);
    public static readonly ExtensionType TruncatedHmac = new(4);
    public static readonly ExtensionType StatusRequest = new(5);
    public static readonly ExtensionType UserMapping = new(6);
    public static readonly ExtensionType ClientAuthz = new(7);
    public static readonly ExtensionType ServerAuthz = new(8);
    public static readonly ExtensionType CertType = new(9);
    public static readonly ExtensionType SupportedGroups = new(10);
    public static readonly ExtensionType EcPointFormats = new(11);
    public static readonly ExtensionType Srp = new(12);
    public static readonly ExtensionType SignatureAlgorithms = new(13);
    public static readonly ExtensionType UseSrtp = new(14);
    public static readonly ExtensionType Heartbeat = new(15);
    public static readonly ExtensionType ApplicationLayerProtocolNegotiation = new(16);
    public static readonly ExtensionType StatusRequestV2 = new(17);
    public static readonly ExtensionType SignedCertificateTimestamp = new(18);
    public static readonly ExtensionType ClientCertificateType = new(19);
    public static readonly ExtensionType ServerCertificateType = new(20);
    public static readonly ExtensionType Padding = new(21);
    public static readonly ExtensionType EncryptThenMac = new(22);
    public static readonly ExtensionType ExtendedMasterSecret = new(23);
    public static readonly ExtensionType TokenBinding = new(24);
    public static readonly ExtensionType CachedInfo = new(25);
    public static readonly ExtensionType CompressCertificate = new(27);
    public static readonly ExtensionType RecordSizeLimit = new(28);
    public static readonly ExtensionType TlsCertWithExternPsk = new(33);
    public static readonly ExtensionType DelegatedCredential = new(34);
    public static readonly ExtensionType SessionTicket = new(35);
    public static readonly ExtensionType SupportedEktCiphers = new(39);
    public static readonly ExtensionType KeyShareDraft = new(40);
    public static readonly ExtensionType PreSharedKey = new(41);
    public static readonly ExtensionType EarlyData = new(42);
    public static readonly ExtensionType SupportedVersions = new(43);
    public static readonly ExtensionType Cookie = new(44);
    public static readonly ExtensionType PskKeyExchangeModes = new(45);
    public static readonly ExtensionType CertificateAuthorities = new(47);
    public static readonly ExtensionType OidFilters = new(48);
    public static readonly ExtensionType PostHandshakeAuth = new(49);
    public static readonly ExtensionType SignatureAlgorithmsCert = new(50);
    public static readonly ExtensionType KeyShare = new(51);
    public static readonly ExtensionType TransparencyInfo = new(52);
    public static readonly ExtensionType ConnectionId = new(54);
    public static readonly ExtensionType ExternalIdHash = new(55);
    public static readonly ExtensionType ExternalSessionId = new(56);
    public static readonly ExtensionType QuicTransportParameters = new(57);
    public static readonly ExtensionType TicketRequest = new(58);
    public static readonly ExtensionType DnssecChain = new(59);
    public static readonly ExtensionType Rrc = new(61);
    public static readonly ExtensionType TlsFlags = new(62);
    public static readonly ExtensionType NextProtocolNegotiation = new(13172);
    public static readonly ExtensionType ApplicationSettingsDraft = new(17513);
    public static readonly ExtensionType ApplicationSettings = new(17613);
    public static readonly ExtensionType ChannelId = new(30032);
    public static readonly ExtensionType EchOuterExtensions = new(0xfd00);
    public static readonly ExtensionType EncryptedClientHello = new(0xfe0d);
    public static readonly ExtensionType RenegotiationInfo = new(0xff01);
    public static readonly ExtensionType QuicTransportParametersDraft = new(0xffa5);

    private static readonly Dictionary<ushort, string> Names = new()
    {
        [0] = "server_name",
        [1] = "max_fragment_length",
        [2] = "client_certificate_url",
        [3] = "trusted_ca_keys",
        [4] = "truncated_hmac",
        [5] = "status_request",
        [6] = "user_mapping",
        [7] = "client_authz",
        [8] = "server_authz",
        [9] = "cert_type",
        [10] = "supported_groups",
        [11] = "ec_point_formats",
        [12] = "srp",
        [13] = "signature_algorithms",
        [14] = "use_srtp",
        [15] = "heartbeat",
        [16] = "application_layer_protocol_negotiation",
        [17] = "status_request_v2",
        [18] = "signed_certificate_timestamp",
        [19] = "client_certificate_type",
        [20] = "server_certificate_type",
        [21] = "padding",
        [22] = "encrypt_then_mac",
        [23] = "extended_master_secret",
        [24] = "token_binding",
        [25] = "cached_info",
        [26] = "tls_lts",
        [27] = "compress_certificate",
        [28] = "record_size_limit",
        [29] = "pwd_protect",
        [30] = "pwd_clear",
        [31] = "password_salt",
        [32] = "ticket_pinning",
        [33] = "tls_cert_with_extern_psk",
        [34] = "delegated_credential",
        [35] = "session_ticket",
        [36] = "TLMSP",
        [37] = "TLMSP_proxying",
        [38] = "TLMSP_delegate",
        [39] = "supported_ekt_ciphers",
        [40] = "key_share (draft)", // before draft 23 of TLS 1.3
        [41] = "pre_shared_key",
        [42] = "early_data",
        [43] = "supported_versions",
        [44] = "cookie",
        [45] = "psk_key_exchange_modes",
        [47] = "certificate_authorities",
        [48] = "oid_filters",
        [49] = "post_handshake_auth",
        [50] = "signature_algorithms_cert",
        [51] = "key_share",
        [52] = "transparency_info",
        [53] = "connection_id (deprecated)",
        [54] = "connection_id",
        [55] = "external_id_hash",
        [56] = "external_session_id",
        [57] = "quic_transport_parameters",
        [58] = "ticket_request",
        [59] = "dnssec_chain",
        [60] = "sequence_number_encryption_algorithms",
        [61] = "rrc",
        [62] = "tls_flags",
        [13172] = "next_protocol_negotiation", // NPN, never an RFC
        [17513] = "application_settings", // ALPS, a draft
        [17613] = "application_settings (new)",
        [30032] = "channel_id",
        [0xfd00] = "ech_outer_extensions",
        [0xfe0d] = "encrypted_client_hello",
        [0xff01] = "renegotiation_info",
        [0xffa5] = "quic_transport_parameters (draft)",
        [0xffce] = "encrypted_server_name", // a draft of what became encrypted_client_hello
    };

    /// <summary>The registered names.</summary>
    public static IReadOnlyCollection<string> AllNames => Names.Values;

    /// <summary>Finds a type by its name.</summary>
    public static ExtensionType? Find(string name)
    {
        foreach (var (code, known) in Names)
            if (known == name) return new(code);
        return null;
    }

    public bool IsKnown => Names.ContainsKey(Code);

    /// <summary>The registered name; else hexadecimal.</summary>
    public override string ToString() => Names.GetValueOrDefault(Code) ?? $"0x{Code:x4}";
}
