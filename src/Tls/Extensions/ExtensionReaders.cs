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
        [ExtensionType.StatusRequest] = StatusRequestExtension.Read,
        [ExtensionType.SupportedGroups] = SupportedGroupsExtension.Read,
        [ExtensionType.EcPointFormats] = EcPointFormatsExtension.Read,
        [ExtensionType.SignatureAlgorithms] = SignatureAlgorithmsExtension.Read,
        [ExtensionType.SignatureAlgorithmsCert] = SignatureAlgorithmsCertExtension.Read,
        [ExtensionType.ApplicationLayerProtocolNegotiation] = AlpnExtension.Read,
        [ExtensionType.SignedCertificateTimestamp] = SignedCertificateTimestampExtension.Read,
        [ExtensionType.Padding] = PaddingExtension.Read,
        [ExtensionType.EncryptThenMac] = EmptyExtension.Read,
        [ExtensionType.ExtendedMasterSecret] = EmptyExtension.Read,
        [ExtensionType.CompressCertificate] = CompressCertificateExtension.Read,
        [ExtensionType.RecordSizeLimit] = RecordSizeLimitExtension.Read,
        [ExtensionType.SessionTicket] = SessionTicketExtension.Read,
        [ExtensionType.PreSharedKey] = PreSharedKeyExtension.Read,
        [ExtensionType.EarlyData] = EarlyDataExtension.Read,
        [ExtensionType.SupportedVersions] = SupportedVersionsExtension.Read,
        [ExtensionType.Cookie] = CookieExtension.Read,
        [ExtensionType.PskKeyExchangeModes] = PskKeyExchangeModesExtension.Read,
        [ExtensionType.CertificateAuthorities] = CertificateAuthoritiesExtension.Read,
        [ExtensionType.PostHandshakeAuth] = EmptyExtension.Read,
        [ExtensionType.KeyShare] = KeyShareExtension.Read,
        [ExtensionType.RenegotiationInfo] = RenegotiationInfoExtension.Read,
    };

    /// <summary>The extensions that can be read.</summary>
    public static IReadOnlyCollection<ExtensionType> Types => Rows.Keys;

    public static ExtensionBody Read(ExtensionType type, ref WireReader reader, ExtensionPlace place) =>
        Rows.TryGetValue(type, out var read) ? read(ref reader, place) : new UnknownExtensionBody(reader.Rest());
}
