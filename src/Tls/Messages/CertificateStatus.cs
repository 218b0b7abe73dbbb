using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The server's OCSP response, up to TLS 1.2.</summary>
/// <param name="StatusType">Kind of status.</param>
/// <param name="Response">The response in DER; for <c>ocsp_multi</c> the list of responses as sent.</param>
/// <remarks>RFC 6066, Section 8; RFC 6961, Section 2.2.</remarks>
public sealed record CertificateStatus(CertificateStatusType StatusType, ReadOnlyMemory<byte> Response) : HandshakeBody
{
    /// <summary>
    /// The responses in DER in the order of the chain; with <c>ocsp_multi</c> a certificate may have an empty one.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OcspResponseList
    {
        get
        {
            if (StatusType != CertificateStatusType.OcspMulti) return [Response];
            var list = new WireReader(Response);
            return ReadList(ref list);
        }
    }

    /// <summary>What each response says; null for one that is empty or cannot be read.</summary>
    public IReadOnlyList<OcspResponseSummary?> OcspResponses =>
        [.. OcspResponseList.Select(OcspResponseSummary.TryRead)];

    public static CertificateStatus Read(ref WireReader reader, in MessageContext context)
    {
        // struct {
        //     CertificateStatusType status_type;
        //     select (status_type) {
        //         case ocsp:       opaque OCSPResponse<1..2^24-1>;
        //         case ocsp_multi: struct { OCSPResponse ocsp_response_list<1..2^24-1>; } OCSPResponseList;
        //     } response;
        // } CertificateStatus;
        var type = new CertificateStatusType(reader.U8("status_type"));
        var list = reader.List24("response", min: 1);
        var whole = list; // reads the same octets once more, as they are
        var response = whole.Rest();
        if (type == CertificateStatusType.OcspMulti) ReadList(ref list);
        reader.End("CertificateStatus");
        return new(type, response);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U8(StatusType.Code);
        writer.Vector24(Response.Span, "response");
    }

    private static List<ReadOnlyMemory<byte>> ReadList(ref WireReader list)
    {
        // opaque OCSPResponse<0..2^24-1>;
        var responses = new List<ReadOnlyMemory<byte>>();
        while (list.More)
        {
            var response = list.Vector24("ocsp_response");
            if (list.Fault is null) responses.Add(response);
        }
        return responses;
    }

    public override string Describe(ITokens tokens) => StatusType.ToString();
}
