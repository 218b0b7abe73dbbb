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
    /// <summary>What a client wants; null in a certificate entry and for a kind that is not OCSP.</summary>
    public OcspStatusRequest? OcspRequest { get; private init; }

    /// <summary>What the response says; null without one that can be read.</summary>
    public OcspResponseSummary? OcspResponse =>
        StatusType == CertificateStatusType.Ocsp && Response is { } response
            ? OcspResponseSummary.TryRead(response)
            : null;

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
        var whole = reader; // reads the same octets once more, as they are
        var data = whole.Rest();
        if (type != CertificateStatusType.Ocsp)
        {
            _ = reader.Rest();
            return new(type, data, Response: null);
        }
        var request = OcspStatusRequest.Read(ref reader);
        reader.End("status_request");
        return new(type, data, Response: null) { OcspRequest = request };
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
