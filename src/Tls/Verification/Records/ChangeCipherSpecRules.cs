using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>ChangeCipherSpec: what it holds and, in TLS 1.3, where it may stand.</summary>
internal static class ChangeCipherSpecRules
{
    public static readonly Rule[] Rows =
    [
        new(
            "change-cipher-spec-content", "RFC 8446, Section 5; RFC 5246, Section 7.1",
            "ChangeCipherSpec is the single octet 1.",
            Severity.Error,
            Content),
        new(
            "change-cipher-spec-misplaced", "RFC 8446, Section 5",
            "In TLS 1.3 an end sends ChangeCipherSpec in the clear, and not after its Finished.",
            Severity.Error,
            Misplaced),
    ];

    private static void Content(Evidence evidence, RuleHits hits)
    {
        foreach (var record in evidence.Records)
        {
            if (RecordPlaces.ContentOf(record) is not { } found || found.Type != ContentType.ChangeCipherSpec) continue;
            if (found.Content.Span is not [1])
            {
                var start = Convert.ToHexStringLower(found.Content.Span[..Math.Min(8, found.Content.Length)]);
                hits.Add(
                    $"Expected 01. Got: {found.Content.Length} octets, {start}.", record, found.Content);
            }
        }
    }

    private static void Misplaced(Evidence evidence, RuleHits hits)
    {
        if (evidence.Connection.Facts.Version is not { IsTls13: true }) return;
        var finished = new bool[2];
        foreach (var item in evidence.Events)
        {
            if (item is HandshakeEvent { Message.Type: var type } && type == HandshakeType.Finished)
                finished[(int)item.Direction] = true;
            if (item is not ChangeCipherSpecEvent) continue;
            if (evidence.Places.Find(item)?.First.IsProtected == true)
                hits.Add("Expected ChangeCipherSpec in the clear. Got: a protected one.", item);
            else if (finished[(int)item.Direction])
                hits.Add(
                    "Expected no ChangeCipherSpec after Finished of the same end. Got: one.", item);
        }
    }
}
