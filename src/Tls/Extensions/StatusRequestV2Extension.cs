using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>One kind of certificate status that a client would take.</summary>
/// <param name="StatusType">The kind.</param>
/// <param name="Request">What it wants, or null for a kind that is not OCSP.</param>
/// <param name="RequestData">The request as sent.</param>
public readonly record struct CertificateStatusRequestItemV2(
    CertificateStatusType StatusType, OcspStatusRequest? Request, ReadOnlyMemory<byte> RequestData);

/// <summary>The client asks for the status of the whole chain.</summary>
/// <param name="Items">Kinds of status, best first.</param>
/// <remarks>RFC 6961, Section 2.2. A server answers with an empty extension and a CertificateStatus message.</remarks>
public sealed record StatusRequestV2Extension(IReadOnlyList<CertificateStatusRequestItemV2> Items) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello) return EmptyExtension.Read(ref reader, place);

        // struct {
        //     CertificateStatusType status_type;
        //     uint16 request_length;
        //     select (status_type) { case ocsp: OCSPStatusRequest; case ocsp_multi: OCSPStatusRequest; } request;
        // } CertificateStatusRequestItemV2;
        // struct { CertificateStatusRequestItemV2 certificate_status_req_list<1..2^16-1>; }
        //     CertificateStatusRequestListV2;
        var items = new List<CertificateStatusRequestItemV2>();
        var list = reader.List16("certificate_status_req_list", min: 1);
        while (list.More)
        {
            var type = new CertificateStatusType(list.U8("status_type"));
            var request = list.List16("request_length");
            var whole = request; // reads the same octets once more, as they are
            var data = whole.Rest();
            OcspStatusRequest? ocsp = null;
            if (type == CertificateStatusType.Ocsp || type == CertificateStatusType.OcspMulti)
            {
                ocsp = OcspStatusRequest.Read(ref request);
                request.End("request");
            }
            if (list.Fault is null) items.Add(new(type, ocsp, data));
        }
        reader.End("status_request_v2");
        return new StatusRequestV2Extension(items);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List16("certificate_status_req_list");
        foreach (var item in Items)
        {
            writer.U8(item.StatusType.Code);
            writer.Vector16(item.RequestData.Span, "request");
        }
    }

    public override string Describe(ITokens tokens) => string.Join(", ", Items.Select(item => item.StatusType));
}
