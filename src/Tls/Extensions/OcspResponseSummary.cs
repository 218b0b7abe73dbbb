using TlsInterop.Tls.Wire.Der;

namespace TlsInterop.Tls.Extensions;

/// <summary>What an OCSP response says about a certificate.</summary>
/// <param name="ResponseStatus">Whether the responder answered at all.</param>
/// <param name="ProducedAt">When the responder signed; null without an answer.</param>
/// <param name="Responses">One for each certificate asked about; empty without an answer.</param>
/// <param name="IsComplete">False if some part of the response could not be read.</param>
/// <remarks>RFC 6960, Section 4.2.1.</remarks>
public sealed record OcspResponseSummary(
    OcspResponseStatus ResponseStatus,
    DateTimeOffset? ProducedAt,
    IReadOnlyList<OcspSingleResponse> Responses,
    bool IsComplete)
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>Reads a response in DER; null if it is none.</summary>
    public static OcspResponseSummary? TryRead(ReadOnlyMemory<byte> der)
    {
        // OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
        // ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
        var response = new DerReader(der).Enter(DerTag.Sequence);
        var statusNumber = response.Take(DerTag.Enumerated);
        if (response.Failed || statusNumber.Span is not [var code]) return null;
        var status = new OcspResponseStatus(code);
        if (!response.TryTake(DerTag.ContextConstructed(0), out var explicitBytes))
            return new(status, ProducedAt: null, [], IsComplete: !response.Failed);

        var bytes = new DerReader(explicitBytes).Enter(DerTag.Sequence);
        var type = DerText.ReadObjectIdentifier(ref bytes);
        var basic = bytes.Take(DerTag.OctetString);
        return bytes.Failed || type != BasicResponse
            ? new(status, ProducedAt: null, [], IsComplete: false)
            : ReadBasic(status, basic);
    }

    private static OcspResponseSummary ReadBasic(OcspResponseStatus status, ReadOnlyMemory<byte> basic)
    {
        // BasicOCSPResponse ::= SEQUENCE { tbsResponseData ResponseData, signatureAlgorithm, signature, certs [0] }
        // ResponseData ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, responderID CHOICE { [1] Name, [2] KeyHash },
        //     producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, responseExtensions [1] OPTIONAL }
        var data = new DerReader(basic).Enter(DerTag.Sequence).Enter(DerTag.Sequence);
        data.TryTake(DerTag.ContextConstructed(0), out _);
        data.TakeEncoded();
        var producedAt = DerTime.Read(ref data);
        var list = data.Enter(DerTag.Sequence);
        var responses = new List<OcspSingleResponse>();
        var isComplete = !data.Failed && producedAt is not null;
        while (list.More)
        {
            var single = list.Enter(DerTag.Sequence);
            if (OcspSingleResponse.TryRead(ref single) is { } item) responses.Add(item);
            else isComplete = false;
        }
        return new(status, producedAt, responses, isComplete && !list.Failed);
    }

    /// <summary><c>successful: good</c>, <c>tryLater</c>.</summary>
    public override string ToString() => Responses.Count == 0
        ? ResponseStatus.ToString()
        : $"{ResponseStatus}: {string.Join(", ", Responses.Select(single => single.CertStatus))}";
}
