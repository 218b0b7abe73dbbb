using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation.Json;

/// <summary>
/// Which public properties become JSON, and under which name: each, in snake case, but for the rows here. A new
/// message, extension or event needs nothing of its own.
/// </summary>
internal static class DocumentContract
{
    /// <summary>Types with many kinds: the property that tells which, and what their names end with.</summary>
    private static readonly Dictionary<Type, (string Property, string Ending)> Kinds = new()
    {
        [typeof(ConnectionEvent)] = ("event", "Event"),
        [typeof(HandshakeBody)] = ("kind", "Body"),
        [typeof(ExtensionBody)] = ("kind", "Extension"),
    };

    /// <summary>Names of the RFCs where properties have others.</summary>
    private static readonly Dictionary<(Type, string), string> Names = new()
    {
        [(typeof(ClientHello), nameof(ClientHello.SessionId))] = "legacy_session_id",
        [(typeof(ClientHello), nameof(ClientHello.CompressionMethods))] = "legacy_compression_methods",
        [(typeof(ServerHello), nameof(ServerHello.SessionId))] = "legacy_session_id_echo",
        [(typeof(ServerHello), nameof(ServerHello.CompressionMethod))] = "legacy_compression_method",
        [(typeof(HandshakeFacts), nameof(HandshakeFacts.Suite))] = "cipher_suite",
        [(typeof(NewSessionTicket), nameof(NewSessionTicket.LifetimeSeconds))] = "ticket_lifetime",
        [(typeof(NewSessionTicket), nameof(NewSessionTicket.AgeAdd))] = "ticket_age_add",
        [(typeof(NewSessionTicket), nameof(NewSessionTicket.Nonce))] = "ticket_nonce",
        [(typeof(Certificate), nameof(Certificate.RequestContext))] = "certificate_request_context",
        [(typeof(Certificate), nameof(Certificate.Entries))] = "certificate_list",
        [(typeof(CertificateEntry), nameof(CertificateEntry.Data))] = "cert_data",
        [(typeof(CertificateRequest), nameof(CertificateRequest.RequestContext))] = "certificate_request_context",
        [(typeof(CertificateRequest), nameof(CertificateRequest.SignatureSchemes))] = "supported_signature_algorithms",
        [(typeof(CertificateRequest), nameof(CertificateRequest.Authorities))] = "certificate_authorities",
        [(typeof(CertificateVerify), nameof(CertificateVerify.Scheme))] = "algorithm",
        [(typeof(ServerKeyExchange), nameof(ServerKeyExchange.NamedCurve))] = "namedcurve",
        [(typeof(ServerKeyExchange), nameof(ServerKeyExchange.PublicKey))] = "public",
        [(typeof(ServerKeyExchange), nameof(ServerKeyExchange.Scheme))] = "algorithm",
        [(typeof(CompressedCertificate), nameof(CompressedCertificate.Compressed))] = "compressed_certificate_message",
        [(typeof(AlpnExtension), nameof(AlpnExtension.Protocols))] = "protocol_name_list",
        [(typeof(ServerNameExtension), nameof(ServerNameExtension.Names))] = "server_name_list",
        [(typeof(SupportedGroupsExtension), nameof(SupportedGroupsExtension.Groups))] = "named_group_list",
        [(typeof(EcPointFormatsExtension), nameof(EcPointFormatsExtension.Formats))] = "ec_point_format_list",
        [(typeof(SignatureAlgorithmsExtension), nameof(SignatureAlgorithmsExtension.Schemes))] =
            "supported_signature_algorithms",
        [(typeof(SignatureAlgorithmsCertExtension), nameof(SignatureAlgorithmsCertExtension.Schemes))] =
            "supported_signature_algorithms",
        [(typeof(PskKeyExchangeModesExtension), nameof(PskKeyExchangeModesExtension.Modes))] = "ke_modes",
    };

    /// <summary>What another property of the same message says in a form that is easier to read.</summary>
    private static readonly HashSet<(Type, string)> Repetitions =
    [
        (typeof(CertificateSummary), nameof(CertificateSummary.TbsCertificate)),
        (typeof(CertificateSummary), nameof(CertificateSummary.SubjectName)),
        (typeof(CertificateSummary), nameof(CertificateSummary.IssuerName)),
        (typeof(CertificateSummary), nameof(CertificateSummary.SerialNumberBytes)),
        (typeof(CertificateSummary), nameof(CertificateSummary.SignatureAlgorithmIdentifier)),
        (typeof(WireFault), nameof(WireFault.What)),
        (typeof(WireFault), nameof(WireFault.Whose)),
    ];

    /// <summary>To be put on a resolver.</summary>
    public static void Apply(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        if (Kinds.TryGetValue(type.Type, out var kind)) AddKinds(type, kind.Property, kind.Ending);
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (IsLeftOut(type.Type, property)) type.Properties.RemoveAt(i);
            else Rename(type, property);
        }
        if (type.Type == typeof(HandshakeMessage)) AddLength(type);
    }

    private static void AddKinds(JsonTypeInfo type, string property, string ending)
    {
        type.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = property };
        var kinds = type.Type.Assembly.GetTypes()
            .Where(kind => !kind.IsAbstract && kind.IsSubclassOf(type.Type))
            .OrderBy(kind => kind.Name, StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            var name = kind.Name.EndsWith(ending, StringComparison.Ordinal) ? kind.Name[..^ending.Length] : kind.Name;
            type.PolymorphismOptions.DerivedTypes.Add(new(kind, JsonNamingPolicy.SnakeCaseLower.ConvertName(name)));
        }
    }

    private static bool IsLeftOut(Type type, JsonPropertyInfo property)
    {
        var name = PropertyName(property);
        // The same list twice; and one that most messages don't have.
        if (name == nameof(ClientHello.ExtensionList)) return true;
        if (name == nameof(HandshakeBody.Extensions) && type.IsAssignableTo(typeof(HandshakeBody)))
            return type.GetProperty(name)!.DeclaringType == typeof(HandshakeBody);
        if (Repetitions.Contains((type, name))) return true;
        // Facts point to messages that stand among the events.
        return type == typeof(HandshakeFacts)
            && (property.PropertyType.IsSubclassOf(typeof(HandshakeBody)) || IsTuple(property.PropertyType));
    }

    private static bool IsTuple(Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsAssignableTo(typeof(ITuple));

    private static void Rename(JsonTypeInfo type, JsonPropertyInfo property)
    {
        if (Names.TryGetValue((type.Type, PropertyName(property)), out var name)) property.Name = name;
        else if (property.PropertyType == typeof(Direction)) (property.Name, property.Order) = ("from", -3);
        else if (property.PropertyType == typeof(FrameStamp)) property.Order = -2;
        else if (PropertyName(property) == nameof(ConnectionEvent.RecordNumber))
            (property.Name, property.Order) = ("record", -1);

        // What was read without a fault is there field by field.
        if (type.Type == typeof(HandshakeMessage) && PropertyName(property) == nameof(HandshakeMessage.Bytes))
            property.ShouldSerialize = (message, _) => ((HandshakeMessage)message).Fault is not null;
        if (type.Type == typeof(Extension) && PropertyName(property) == nameof(Extension.Data))
            property.ShouldSerialize = (extension, _) => ((Extension)extension).Fault is not null;
    }

    private static void AddLength(JsonTypeInfo type)
    {
        var length = type.CreateJsonPropertyInfo(typeof(int), "octets");
        length.Get = message => ((HandshakeMessage)message).Bytes.Length;
        length.Order = -1;
        type.Properties.Add(length);
    }

    private static string PropertyName(JsonPropertyInfo property) =>
        (property.AttributeProvider as System.Reflection.MemberInfo)?.Name ?? property.Name;
}
