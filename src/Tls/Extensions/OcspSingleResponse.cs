using TlsInterop.Tls.Wire.Der;

namespace TlsInterop.Tls.Extensions;

/// <summary>What an OCSP responder says about one certificate.</summary>
/// <param name="SerialNumber">The certificate's serial number in hexadecimal.</param>
/// <param name="CertStatus"><c>good</c>, <c>revoked</c> or <c>unknown</c>.</param>
/// <param name="RevocationTime">When it was revoked; else null.</param>
/// <param name="RevocationReason">Why (RFC 5280, Section 5.3.1: CRLReason); null if it is not said.</param>
/// <param name="ThisUpdate">From when on this is known to be right.</param>
/// <param name="NextUpdate">When newer information will be there; null if always.</param>
/// <remarks>RFC 6960, Section 4.2.1.</remarks>
public sealed record OcspSingleResponse(
    string SerialNumber,
    string CertStatus,
    DateTimeOffset? RevocationTime,
    int? RevocationReason,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate)
{
    private const byte Good = 0x80;
    private const byte Revoked = 0xa1;
    private const byte Unknown = 0x82;

    internal static OcspSingleResponse? TryRead(ref DerReader single)
    {
        // SingleResponse ::= SEQUENCE { certID CertID, certStatus CHOICE { good [0] NULL, revoked [1] RevokedInfo,
        //     unknown [2] NULL }, thisUpdate GeneralizedTime, nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, ... }
        // CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING,
        //     serialNumber INTEGER }
        // RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime,
        //     revocationReason [0] EXPLICIT ENUMERATED OPTIONAL }
        var certId = single.Enter(DerTag.Sequence);
        certId.TakeEncoded();
        certId.Take(DerTag.OctetString);
        certId.Take(DerTag.OctetString);
        var serialNumber = certId.Take(DerTag.Integer);
        var status = single.Tag switch { Good => "good", Revoked => "revoked", Unknown => "unknown", _ => null };
        var revoked = new DerReader(single.Take(single.Tag));
        DateTimeOffset? revocationTime = null;
        int? reason = null;
        if (status == "revoked")
        {
            revocationTime = DerTime.Read(ref revoked);
            if (revoked.TryTake(DerTag.ContextConstructed(0), out var explicitReason)
                && explicitReason.Span is [DerTag.Enumerated, 1, var code])
            {
                reason = code;
            }
        }
        var thisUpdate = DerTime.Read(ref single);
        DateTimeOffset? nextUpdate = null;
        if (single.TryTake(DerTag.ContextConstructed(0), out var explicitUpdate))
        {
            var update = new DerReader(explicitUpdate);
            nextUpdate = DerTime.Read(ref update);
        }
        if (certId.Failed || single.Failed || status is null || thisUpdate is null) return null;
        var serial = Convert.ToHexStringLower(serialNumber.Span);
        return new(serial, status, revocationTime, reason, thisUpdate.Value, nextUpdate);
    }
}
