using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Which OCSP responses a client wants.</summary>
/// <param name="ResponderIdList">Responders that it trusts, in DER; empty if it knows them otherwise.</param>
/// <param name="RequestExtensions">OCSP extensions in DER; usually empty.</param>
/// <remarks>RFC 6066, Section 8; RFC 6961, Section 2.2.</remarks>
public sealed record OcspStatusRequest(
    IReadOnlyList<ReadOnlyMemory<byte>> ResponderIdList, ReadOnlyMemory<byte> RequestExtensions)
{
    internal static OcspStatusRequest Read(ref WireReader reader)
    {
        // opaque ResponderID<1..2^16-1>; opaque Extensions<0..2^16-1>;
        // struct { ResponderID responder_id_list<0..2^16-1>; Extensions request_extensions; } OCSPStatusRequest;
        var ids = new List<ReadOnlyMemory<byte>>();
        var list = reader.List16("responder_id_list");
        while (list.More)
        {
            var id = list.Vector16("responder_id", min: 1);
            if (list.Fault is null) ids.Add(id);
        }
        return new(ids, reader.Vector16("request_extensions"));
    }
}
