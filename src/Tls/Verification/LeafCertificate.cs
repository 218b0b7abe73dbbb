using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>The first certificate of a Certificate message.</summary>
internal static class LeafCertificate
{
    /// <summary>Its DER; empty if the list is empty or the message can't be read that far.</summary>
    public static ReadOnlyMemory<byte> Of(ProtocolVersion version, ReadOnlyMemory<byte> body)
    {
        // RFC 8446, Section 4.4.2
        // struct { opaque certificate_request_context<0..2^8-1>; CertificateEntry certificate_list<0..2^24-1>; } Certificate;
        // RFC 5246, Section 7.4.2
        // struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;
        var reader = new WireReader(body);
        if (version >= ProtocolVersion.Tls13) reader.Vector8("certificate_request_context");
        var list = reader.List24("certificate_list");
        return list.More ? list.Vector24("cert_data", min: 1) : default;
    }
}
