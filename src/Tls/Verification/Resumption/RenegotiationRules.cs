using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Resumption;

/// <summary>Handshakes behind the first one of a connection, and what binds them to it.</summary>
internal static class RenegotiationRules
{
    // RFC 5746, Section 3.3
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "renegotiation-info-initial", "RFC 5746, Section 3.4; RFC 5746, Section 3.6",
            "In the first handshake of a connection renegotiation_info is empty.",
            Severity.Error,
            Initial),
        Rule.OfHandshake(
            "renegotiation-info-absent", "RFC 5746, Section 4.1",
            "A server answers a client that asks for secure renegotiation; one that does not is old.",
            Severity.Note,
            Absent),
        new(
            "renegotiation-info-wrong", "RFC 5746, Section 3.5; RFC 5746, Section 3.7",
            "In a renegotiation renegotiation_info holds the verify_data of the handshake before it.",
            Severity.Error,
            Wrong),
        new(
            "renegotiation-info-dropped", "RFC 5746, Section 3.5; RFC 5746, Section 3.7",
            "Once renegotiation_info was agreed on, both hellos of every renegotiation have it.",
            Severity.Error,
            Dropped),
        new(
            "renegotiation-scsv", "RFC 5746, Section 3.5",
            "A client that renegotiates does not send EMPTY_RENEGOTIATION_INFO_SCSV.",
            Severity.Error,
            Scsv),
        new(
            "renegotiation-insecure", "RFC 5746, Section 4.2; RFC 5746, Section 4.4",
            "Nobody renegotiates on a connection without renegotiation_info.",
            Severity.Warning,
            Insecure),
        new(
            "renegotiation-in-tls13", "RFC 8446, Section 4.1.2",
            "TLS 1.3 has no renegotiation.",
            Severity.Error,
            InTls13),
    ];

    private static void Initial(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.FirstClientHello is not { Handshake: 0 }) return;
        foreach (var item in handshake.Sent)
        {
            if (Info(item.Message.Body) is { IsEmpty: false } data)
                hits.Add(
                    $"Expected an empty renegotiation_info. Got: {data.Length} octets.", item, data);
        }
    }

    private static void Absent(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { } choice, ServerHello.Handshake: 0 }) return;
        var asks = offer.Extensions.Has(ExtensionType.RenegotiationInfo)
            || offer.CipherSuites.Contains(CipherSuite.EmptyRenegotiationInfoScsv);
        if (asks && !choice.Version.IsTls13 && !choice.Extensions.Has(ExtensionType.RenegotiationInfo))
            hits.Add("Expected renegotiation_info. Got: none.", handshake.ServerHello!);
    }

    private static void Wrong(Evidence evidence, RuleHits hits)
    {
        foreach (var (before, after) in Renegotiations(evidence))
        {
            if (VerifyData(before, Direction.ClientToServer) is not { } ofClient
                || VerifyData(before, Direction.ServerToClient) is not { } ofServer) continue;
            (HandshakeEvent? Item, byte[] Expected)[] pairs =
                [(after.ClientHello, ofClient.ToArray()), (after.ServerHello, [.. ofClient.Span, .. ofServer.Span])];
            foreach (var (item, expected) in pairs)
            {
                if (item is null || Info(item.Message.Body) is not { } data) continue;
                if (data.Span.SequenceEqual(expected)) continue;
                hits.Add(
                    $"Expected {Convert.ToHexStringLower(expected)}. "
                    + $"Got: {(data.IsEmpty ? "nothing" : Convert.ToHexStringLower(data.Span))}.",
                    item,
                    data);
            }
        }
    }

    private static void Dropped(Evidence evidence, RuleHits hits)
    {
        foreach (var (before, after) in Renegotiations(evidence))
        {
            if (before.Choice?.Extensions.Has(ExtensionType.RenegotiationInfo) != true) continue;
            if (after.Offer is { } offer && !offer.Extensions.Has(ExtensionType.RenegotiationInfo))
                hits.Add("Expected renegotiation_info. Got: none.", after.ClientHello!);
            if (after.Choice is { } choice && !choice.Extensions.Has(ExtensionType.RenegotiationInfo))
                hits.Add("Expected renegotiation_info. Got: none.", after.ServerHello!);
        }
    }

    private static void Scsv(Evidence evidence, RuleHits hits)
    {
        foreach (var (_, after) in Renegotiations(evidence))
        {
            if (after.Offer?.CipherSuites.Contains(CipherSuite.EmptyRenegotiationInfoScsv) == true)
                hits.Add("Expected no EMPTY_RENEGOTIATION_INFO_SCSV. Got: one.", after.ClientHello!);
        }
    }

    private static void Insecure(Evidence evidence, RuleHits hits)
    {
        foreach (var (before, after) in Renegotiations(evidence))
        {
            if (before.Choice?.Extensions.Has(ExtensionType.RenegotiationInfo) == false
                && after.ServerHello is { } hello)
                hits.Add("Expected no renegotiation. Got: another ServerHello.", hello);
        }
    }

    private static void InTls13(Evidence evidence, RuleHits hits)
    {
        for (var index = 1; index < evidence.Handshakes.Count; index++)
        {
            if (evidence.Handshakes[index - 1].Choice?.Version.IsTls13 == true
                && evidence.Handshakes[index].FirstClientHello is { } hello)
                hits.Add("Expected no ClientHello after a handshake of TLS 1.3. Got: one.", hello);
        }
    }

    // Of TLS 1.2 and before.
    private static IEnumerable<(SeenHandshake Before, SeenHandshake After)> Renegotiations(Evidence evidence) =>
        evidence.Handshakes.Count < 2 ? [] : Pairs(evidence);

    private static IEnumerable<(SeenHandshake Before, SeenHandshake After)> Pairs(Evidence evidence)
    {
        for (var index = 1; index < evidence.Handshakes.Count; index++)
        {
            if (evidence.Handshakes[index - 1].Choice?.Version.IsTls13 == false)
                yield return (evidence.Handshakes[index - 1], evidence.Handshakes[index]);
        }
    }

    private static ReadOnlyMemory<byte>? VerifyData(SeenHandshake handshake, Direction from) =>
        handshake.Seen<Finished>(from).Select(seen => (ReadOnlyMemory<byte>?)seen.Body.VerifyData).FirstOrDefault();

    private static ReadOnlyMemory<byte>? Info(HandshakeBody body) =>
        body is ClientHello or ServerHello
            && body.Extensions.Find(ExtensionType.RenegotiationInfo)
                is { Fault: null, Body: RenegotiationInfoExtension info }
            ? info.RenegotiatedConnection
            : (ReadOnlyMemory<byte>?)null;
}
