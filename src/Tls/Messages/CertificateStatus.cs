using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The server's OCSP response, up to TLS 1.2.</summary>
/// <remarks>RFC 6066, Section 8.</remarks>
public sealed record CertificateStatus(CertificateStatusType StatusType, ReadOnlyMemory<byte> Response) : HandshakeBody
{
    public static CertificateStatus Read(ref WireReader reader, in MessageContext context)
    {
        // struct { CertificateStatusType status_type; opaque OCSPResponse<1..2^24-1>; } CertificateStatus;
        var type = new CertificateStatusType(reader.U8("status_type"));
        var response = reader.Vector24("response", min: 1);
        reader.End("CertificateStatus");
        return new(type, response);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U8(StatusType.Code);
        writer.Vector24(Response.Span, "response");
    }

    public override string Describe(ITokens tokens) => StatusType.ToString();
}
