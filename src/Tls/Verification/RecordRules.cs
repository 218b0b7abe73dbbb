using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification;

/// <summary>The protection of records, and the secrets to see through it.</summary>
internal static class RecordRules
{
    public static readonly Rule[] Rows =
    [
        new(
            "key-log-lacks-session", "RFC 9850, Section 2",
            "A key log that was given holds secrets for each session that protected anything.",
            Severity.Error,
            LacksSession),
        new(
            "secrets-do-not-fit", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3",
            "The secrets of a session open the first record that they protect.",
            Severity.Error,
            evidence => Failures(evidence, isFirst: true, RecordStatus.TagWrong, RecordStatus.MacWrong)),
        new(
            "record-tag", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3.3",
            "The AEAD tag of each record fits its keys, its sequence number and its header.",
            Severity.Error,
            evidence => Failures(evidence, isFirst: false, RecordStatus.TagWrong)),
        new(
            "record-mac", "RFC 5246, Section 6.2.3.1",
            "The MAC of each record fits its keys, its sequence number and its header.",
            Severity.Error,
            evidence => Failures(evidence, isFirst: false, RecordStatus.MacWrong)),
        new(
            "record-padding", "RFC 5246, Section 6.2.3.2; RFC 8446, Section 5.4",
            "Each octet of CBC padding holds the padding's length; TLS 1.3 content is not zeros alone.",
            Severity.Error,
            evidence => Failures(evidence, isFirst: null, RecordStatus.PaddingMalformed)),
        new(
            "record-too-short", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3",
            "A protected record has room for its IV, its MAC or tag, and whole cipher blocks.",
            Severity.Error,
            evidence => Failures(evidence, isFirst: null, RecordStatus.TooShort)),
    ];

    private static IEnumerable<RuleHit> LacksSession(Evidence evidence)
    {
        if (evidence.KeyLog is not { } keyLog) yield break;
        var closed = evidence.ProtectedRecords.FirstOrDefault(record => record.Opened is null);
        if (closed is null) yield break;
        foreach (var handshake in evidence.Handshakes)
        {
            if (handshake.Offer is not { } offer || keyLog.Knows(offer.Random.Span)) continue;
            yield return new RuleHit(
                $"Expected secrets for client random {Convert.ToHexStringLower(offer.Random.Span)}. "
                + $"Got: a key log of {keyLog.SessionCount} other sessions.",
                null,
                closed.Record.At.Number);
        }
    }

    // A failure at sequence number 0 speaks against the secrets; a later one, with keys that worked, against the record.
    private static IEnumerable<RuleHit> Failures(Evidence evidence, bool? isFirst, params RecordStatus[] statuses)
    {
        foreach (var record in evidence.ProtectedRecords)
        {
            if (record.Opened is not { } opened || !statuses.Contains(opened.Status)) continue;
            if (isFirst is { } first && first != (opened.SequenceNumber == 0)) continue;
            var sender = record.Direction == Direction.ClientToServer ? "client" : "server";
            yield return new RuleHit(
                $"Record {opened.SequenceNumber} of the {sender} in its epoch: {Words(opened)}.", record.Direction, record.Record.At.Number);
        }
    }

    private static string Words(OpenedRecord opened) => opened.Status switch
    {
        RecordStatus.TagWrong => "the tag does not fit",
        RecordStatus.MacWrong => "the MAC does not fit",
        RecordStatus.PaddingMalformed => $"the MAC or tag fits but the padding ({opened.PaddingLength} octets) is malformed",
        _ => "it is too short for its protection",
    };
}
