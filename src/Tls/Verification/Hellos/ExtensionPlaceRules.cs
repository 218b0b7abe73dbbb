using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>Which extension may stand in which message.</summary>
internal static class ExtensionPlaceRules
{
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "extension-misplaced", "RFC 8446, Section 4.2",
            "An extension stands only in the messages that its definition names.",
            Severity.Error,
            Misplaced),
    ];

    private sealed record Row(ushort Type, bool IsOfTls13Only, params ExtensionPlace[] Places);

    // The abbreviations of the table in RFC 8446, Section 4.2.
    private const ExtensionPlace CH = ExtensionPlace.ClientHello;
    private const ExtensionPlace SH = ExtensionPlace.ServerHello;
    private const ExtensionPlace HRR = ExtensionPlace.HelloRetryRequest;
    private const ExtensionPlace EE = ExtensionPlace.EncryptedExtensions;
    private const ExtensionPlace CT = ExtensionPlace.Certificate;
    private const ExtensionPlace CR = ExtensionPlace.CertificateRequest;
    private const ExtensionPlace NST = ExtensionPlace.NewSessionTicket;

    // RFC 8446, Section 4.2, and the column "TLS 1.3" of IANA's registry. What has no row may stand anywhere. The
    // extensions of older versions that TLS 1.3 does not use may stand in a ClientHello, which older servers read too.
    private static readonly Dictionary<ushort, Row> Table = new Row[]
    {
        new(0, false, CH, EE), // server_name
        new(1, false, CH, EE), // max_fragment_length
        new(5, false, CH, CR, CT), // status_request
        new(10, false, CH, EE), // supported_groups
        new(11, false, CH), // ec_point_formats
        new(13, false, CH, CR), // signature_algorithms
        new(14, false, CH, EE), // use_srtp
        new(15, false, CH, EE), // heartbeat
        new(16, false, CH, EE), // application_layer_protocol_negotiation
        new(17, false, CH), // status_request_v2
        new(18, false, CH, CR, CT), // signed_certificate_timestamp
        new(19, false, CH, EE), // client_certificate_type
        new(20, false, CH, EE), // server_certificate_type
        new(21, false, CH), // padding
        new(22, false, CH), // encrypt_then_mac
        new(23, false, CH), // extended_master_secret
        new(27, false, CH, CR), // compress_certificate
        new(28, false, CH, EE), // record_size_limit
        new(34, false, CH, CR, CT), // delegated_credential
        new(35, false, CH), // session_ticket
        new(41, true, CH, SH), // pre_shared_key
        new(42, true, CH, EE, NST), // early_data
        new(43, true, CH, SH, HRR), // supported_versions
        new(44, true, CH, HRR), // cookie
        new(45, true, CH), // psk_key_exchange_modes
        new(47, true, CH, CR), // certificate_authorities
        new(48, true, CR), // oid_filters
        new(49, true, CH), // post_handshake_auth
        new(50, true, CH, CR), // signature_algorithms_cert
        new(51, true, CH, SH, HRR), // key_share
        new(0xff01, false, CH), // renegotiation_info
    }.ToDictionary(row => row.Type);

    private static void Misplaced(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.Sent)
        {
            if (item.Message.Body is Certificate certificate)
            {
                foreach (var entry in certificate.Entries) Misplaced(CT, entry.Extensions, item, hits);
            }
            else if (PlaceOf(item.Message.Body) is { } place)
            {
                Misplaced(place, item.Message.Body.Extensions, item, hits);
            }
        }
    }

    private static void Misplaced(ExtensionPlace place, ExtensionList list, HandshakeEvent item, RuleHits hits)
    {
        foreach (var extension in list)
        {
            if (!Allows(extension.Type, place, item))
                hits.Add(
                    $"Expected no {extension.Type} in {item.Message.Type}{Version(item)}. Got: it.",
                    item,
                    extension.Data);
        }
    }

    // Before TLS 1.3 ServerHello is the one place for answers, but not to what came with TLS 1.3.
    private static bool Allows(ExtensionType type, ExtensionPlace place, HandshakeEvent item)
    {
        if (!Table.TryGetValue(type.Code, out var row)) return true;
        if (item.Message.Body is not ServerHello { Version: var version } || version == ProtocolVersion.Tls13)
            return row.Places.Contains(place);
        return !row.IsOfTls13Only || !ProtocolVersion.Known.Contains(version);
    }

    private static string Version(HandshakeEvent item) =>
        item.Message.Body is ServerHello { Version: var version } ? $" of {version}" : "";

    private static ExtensionPlace? PlaceOf(HandshakeBody body) => body switch
    {
        ClientHello => CH,
        ServerHello { IsHelloRetryRequest: true } => HRR,
        ServerHello => SH,
        EncryptedExtensions => EE,
        CertificateRequest => CR,
        NewSessionTicket => NST,
        _ => null,
    };
}
