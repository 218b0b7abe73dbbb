using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The client asks for an OCSP response; in TLS 1.3 the answer stands in the Certificate message.</summary>
/// <param name="StatusType">Kind of status.</param>
/// <param name="Request">A client's request without its type; in a certificate entry empty.</param>
/// <param name="Response">The response in a certificate entry; in a ClientHello null.</param>
/// <remarks>RFC 6066, Section 8; RFC 8446, Section 4.4.2.1.</remarks>
public sealed record StatusRequestExtension(
    CertificateStatusType StatusType, ReadOnlyMemory<byte> Request, ReadOnlyMemory<byte>? Response) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (place is not (ExtensionPlace.ClientHello or ExtensionPlace.Certificate))
            return reader.More ? ReadRequest(ref reader) : new EmptyExtension();
        if (place == ExtensionPlace.ClientHello) return ReadRequest(ref reader);

        // struct { CertificateStatusType status_type; opaque OCSPResponse<1..2^24-1>; } CertificateStatus;
        var type = new CertificateStatusType(reader.U8("status_type"));
        var response = reader.Vector24("response", min: 1);
        reader.End("status_request");
        return new StatusRequestExtension(type, Request: default, response);
    }

    private static StatusRequestExtension ReadRequest(ref WireReader reader)
    {
        // struct { CertificateStatusType status_type; ResponderID responder_id_list<0..2^16-1>;
        //          Extensions request_extensions<0..2^16-1>; } CertificateStatusRequest with OCSPStatusRequest;
        var type = new CertificateStatusType(reader.U8("status_type"));
        var ocsp = reader; // reads the same octets again to see whether they are well formed
        var request = reader.Rest();
        if (type != CertificateStatusType.Ocsp) return new(type, request, Response: null);
        _ = ocsp.Vector16("responder_id_list");
        _ = ocsp.Vector16("request_extensions");
        ocsp.End("status_request");
        return new(type, request, Response: null);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        writer.U8(StatusType.Code);
        if (Response is { } response) writer.Vector24(response.Span, "response");
        else writer.Opaque(Request.Span);
    }

    public override string Describe(ITokens tokens) =>
        Response is null ? StatusType.ToString() : $"{StatusType} response";
}
