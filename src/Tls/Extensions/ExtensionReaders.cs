using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Which code reads which extension. A new extension is a file with its body and a row here.</summary>
internal static class ExtensionReaders
{
    private delegate ExtensionBody Reader(ref WireReader reader, ExtensionPlace place);

    private static readonly Dictionary<ExtensionType, Reader> Rows = new()
    {
        [ExtensionType.ServerName] = ServerNameExtension.Read,
        [ExtensionType.MaxFragmentLength] = MaxFragmentLengthExtension.Read,
        [ExtensionType.ClientCertificateUrl] = EmptyExtension.Read,
        [ExtensionType.TrustedCaKeys] = TrustedCaKeysExtension.Read,
        [ExtensionType.TruncatedHmac] = EmptyExtension.Read,
        [ExtensionType.StatusRequest] = StatusRequestExtension.Read,
        [ExtensionType.UserMapping] = UserMappingExtension.Read,
        [ExtensionType.ClientAuthz] = AuthzExtension.Read,
        [ExtensionType.ServerAuthz] = AuthzExtension.Read,
        [ExtensionType.CertType] = CertificateTypeExtension.Read,
        [ExtensionType.SupportedGroups] = SupportedGroupsExtension.Read,
        [ExtensionType.EcPointFormats] = EcPointFormatsExtension.Read,
        [ExtensionType.Srp] = SrpExtension.Read,
        [ExtensionType.SignatureAlgorithms] = SignatureAlgorithmsExtension.Read,
        [ExtensionType.UseSrtp] = UseSrtpExtension.Read,
        [ExtensionType.Heartbeat] = HeartbeatExtension.Read,
        [ExtensionType.ApplicationLayerProtocolNegotiation] = AlpnExtension.Read,
        [ExtensionType.StatusRequestV2] = StatusRequestV2Extension.Read,
        [ExtensionType.SignedCertificateTimestamp] = SignedCertificateTimestampExtension.Read,
        [ExtensionType.ClientCertificateType] = CertificateTypeExtension.Read,
        [ExtensionType.ServerCertificateType] = CertificateTypeExtension.Read,
        [ExtensionType.Padding] = PaddingExtension.Read,
        [ExtensionType.EncryptThenMac] = EmptyExtension.Read,
        [ExtensionType.ExtendedMasterSecret] = EmptyExtension.Read,
        [ExtensionType.TokenBinding] = TokenBindingExtension.Read,
        [ExtensionType.CachedInfo] = CachedInfoExtension.Read,
        [ExtensionType.CompressCertificate] = CompressCertificateExtension.Read,
        [ExtensionType.RecordSizeLimit] = RecordSizeLimitExtension.Read,
        [ExtensionType.TlsCertWithExternPsk] = EmptyExtension.Read,
        [ExtensionType.DelegatedCredential] = DelegatedCredentialExtension.Read,
        [ExtensionType.SessionTicket] = SessionTicketExtension.Read,
        [ExtensionType.SupportedEktCiphers] = SupportedEktCiphersExtension.Read,
        [ExtensionType.KeyShareDraft] = KeyShareExtension.Read,
        [ExtensionType.PreSharedKey] = PreSharedKeyExtension.Read,
        [ExtensionType.EarlyData] = EarlyDataExtension.Read,
        [ExtensionType.SupportedVersions] = SupportedVersionsExtension.Read,
        [ExtensionType.Cookie] = CookieExtension.Read,
        [ExtensionType.PskKeyExchangeModes] = PskKeyExchangeModesExtension.Read,
        [ExtensionType.CertificateAuthorities] = CertificateAuthoritiesExtension.Read,
        [ExtensionType.OidFilters] = OidFiltersExtension.Read,
        [ExtensionType.PostHandshakeAuth] = EmptyExtension.Read,
        [ExtensionType.SignatureAlgorithmsCert] = SignatureAlgorithmsCertExtension.Read,
        [ExtensionType.KeyShare] = KeyShareExtension.Read,
        [ExtensionType.TransparencyInfo] = TransparencyInfoExtension.Read,
        [ExtensionType.ConnectionId] = ConnectionIdExtension.Read,
        [ExtensionType.ExternalIdHash] = ExternalIdHashExtension.Read,
        [ExtensionType.ExternalSessionId] = ExternalSessionIdExtension.Read,
        [ExtensionType.QuicTransportParameters] = QuicTransportParametersExtension.Read,
        [ExtensionType.TicketRequest] = TicketRequestExtension.Read,
        [ExtensionType.DnssecChain] = DnssecChainExtension.Read,
        [ExtensionType.Rrc] = EmptyExtension.Read,
        [ExtensionType.TlsFlags] = TlsFlagsExtension.Read,
        [ExtensionType.NextProtocolNegotiation] = NextProtocolNegotiationExtension.Read,
        [ExtensionType.ApplicationSettingsDraft] = ApplicationSettingsExtension.Read,
        [ExtensionType.ApplicationSettings] = ApplicationSettingsExtension.Read,
        [ExtensionType.ChannelId] = EmptyExtension.Read,
        [ExtensionType.EchOuterExtensions] = EchOuterExtensionsExtension.Read,
        [ExtensionType.EncryptedClientHello] = EncryptedClientHelloExtension.Read,
        [ExtensionType.RenegotiationInfo] = RenegotiationInfoExtension.Read,
        [ExtensionType.QuicTransportParametersDraft] = QuicTransportParametersExtension.Read,
    };

    /// <summary>The extensions that can be read.</summary>
    public static IReadOnlyCollection<ExtensionType> Types => Rows.Keys;

    public static ExtensionBody Read(ExtensionType type, ref WireReader reader, ExtensionPlace place) =>
        Rows.TryGetValue(type, out var read) ? read(ref reader, place) : new UnknownExtensionBody(reader.Rest());
}
