using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>The protection of records, and the secrets to see through it.</summary>
internal static class RecordRules
{
    public static readonly Rule[] Rows =
    [
        new(
            "key-log-lacks-session", "RFC 9850, Section 2",
            "A key log that was given holds the secrets of each session that protected anything.",
            Severity.Error,
            (evidence, hits) => LacksSession(evidence, isRefused: false, hits)),
        new(
            "key-log-lacks-refused-session", "RFC 9850, Section 2",
            "An end that refuses a handshake early never has the secrets of what the other end protected by then.",
            Severity.Note,
            (evidence, hits) => LacksSession(evidence, isRefused: true, hits)),
        new(
            "secrets-without-hellos", "RFC 9850, Section 2; RFC 8446, Section 4.1.3",
            "The ClientHello tells which secrets are those of a session, the ServerHello what they are for.",
            Severity.Note,
            LacksHello),
        new(
            "no-second-opinion", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3",
            "The protection of the records is one that this library can undo; else nothing is known of their content.",
            Severity.Note,
            NotCovered),
        new(
            "secrets-do-not-fit", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3",
            "The secrets of a session open the first record that they protect; else they are hardly those of its ends.",
            Severity.Error,
            (evidence, hits) => Failures(evidence, isFirst: true, hits, RecordStatus.TagWrong, RecordStatus.MacWrong)),
        new(
            "record-tag", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3.3",
            "The AEAD tag of each record fits its keys, its sequence number and its header.",
            Severity.Error,
            (evidence, hits) => Failures(evidence, isFirst: false, hits, RecordStatus.TagWrong)),
        new(
            "record-mac", "RFC 5246, Section 6.2.3.1",
            "The MAC of each record fits its keys, its sequence number and its header.",
            Severity.Error,
            (evidence, hits) => Failures(evidence, isFirst: false, hits, RecordStatus.MacWrong)),
        new(
            "record-padding", "RFC 5246, Section 6.2.3.2; RFC 8446, Section 5.4",
            "Each octet of CBC padding holds the padding's length; TLS 1.3 content is not zeros alone.",
            Severity.Error,
            (evidence, hits) => Failures(evidence, isFirst: null, hits, RecordStatus.PaddingMalformed)),
        new(
            "record-too-short", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3",
            "A protected record has room for its IV, its MAC or tag, and whole cipher blocks.",
            Severity.Error,
            (evidence, hits) => Failures(evidence, isFirst: null, hits, RecordStatus.TooShort)),
    ];

    private static void LacksSession(Evidence evidence, bool isRefused, RuleHits hits)
    {
        if (evidence.KeyLog is not { } keyLog || evidence.AllRecordsOpened) return;
        var closed = evidence.ProtectedRecords.FirstOrDefault(record => record.Opened is null);
        if (closed is null) return;
        foreach (var handshake in evidence.Handshakes)
        {
            if (handshake.Terms is not { } terms) continue;
            var missing = Needed(terms).Where(label => keyLog.Find(label, terms.ClientRandom.Span) is null).ToList();
            if (missing.Count == 0 || IsRefused(evidence, missing) != isRefused) continue;
            var isKnown = keyLog.Knows(terms.ClientRandom.Span);
            var got = isKnown ? "others of this session" : $"{keyLog.SessionCount} other sessions";
            hits.Add(
                $"Expected {string.Join(", ", missing)} for client random "
                    + $"{Convert.ToHexStringLower(terms.ClientRandom.Span)}. "
                + $"Got: {got}.",
                (Direction?)null,
                closed.Record.At.Number);
        }
    }

    private static void LacksHello(Evidence evidence, RuleHits hits)
    {
        if (evidence.KeyLog is null || evidence.Handshakes.Any(handshake => handshake.Terms is not null)) return;
        if (evidence.ProtectedRecords.FirstOrDefault(record => record.Opened is null) is not { } closed) return;

        var missing = new[] { HandshakeType.ClientHello, HandshakeType.ServerHello }
            .Where(type => evidence.Handshakes.All(handshake =>
                (type == HandshakeType.ClientHello ? handshake.ClientHello : handshake.ServerHello) is null))
            .ToList();
        if (missing.Count == 0) return;
        hits.Add(
            $"Expected both hellos. Got: no {string.Join(" and no ", missing)}; "
                + $"the secrets that were given open nothing.",
            (Direction?)null,
            closed.Record.At.Number);
    }

    // RFC 8446, Section 4.4.2.4: a server that refuses the client's certificate is past its own Finished, and never
    // gets to the keys of the client's application data.
    private static bool IsRefused(Evidence evidence, IReadOnlyList<string> missing) =>
        evidence.Alerts.Any(alert => alert.Alert.IsFatal && (alert.IsProtected
            ? alert.Direction == Direction.ServerToClient && missing is [SecretLabels.ClientTrafficSecret0]
            : !evidence.Connection.Facts.IsComplete));

    // RFC 9850, Sections 2.1 and 2.2
    private static string[] Needed(HandshakeTerms terms) => terms.Version.IsTls13
        ?
        [
            SecretLabels.ClientHandshakeTrafficSecret, SecretLabels.ServerHandshakeTrafficSecret,
            SecretLabels.ClientTrafficSecret0, SecretLabels.ServerTrafficSecret0,
        ]
        : [SecretLabels.ClientRandom];

    private static void NotCovered(Evidence evidence, RuleHits hits)
    {
        if (evidence.KeyLog is not { } keyLog || evidence.AllRecordsOpened) return;
        var closed = evidence.ProtectedRecords.FirstOrDefault(record => record.Opened is null);
        if (closed is null) return;
        foreach (var terms in evidence.Handshakes.Select(handshake => handshake.Terms).OfType<HandshakeTerms>())
        {
            if (Needed(terms).All(label => keyLog.Find(label, terms.ClientRandom.Span) is not null))
            {
                hits.Add(
                    $"No managed code for {terms.Suite.Name} in {terms.Version}: "
                    + $"{Reason(terms.Suite)}its records stay closed.",
                    closed);
            }
        }
    }

    private static string Reason(CipherSuiteInfo suite) =>
        UncoveredSuites.WhyNot(suite) is { } reason ? $"{reason}; " : "";

    // A failure at sequence number 0 speaks against the secrets, and then nothing that follows can be judged;
    // a later one, with keys that worked, speaks against the record.
    private static void Failures(
        Evidence evidence, bool? isFirst, RuleHits hits, params ReadOnlySpan<RecordStatus> statuses)
    {
        if (evidence.AllRecordsOpened) return;
        var misfits = new HashSet<Direction>();
        foreach (var record in evidence.ProtectedRecords)
        {
            if (hits.IsFull) return;
            if (record.Opened is not { } opened) continue;
            if (opened.SequenceNumber == 0) misfits.Remove(record.Direction);
            else if (misfits.Contains(record.Direction)) continue;
            if (opened is { SequenceNumber: 0, Status: RecordStatus.TagWrong or RecordStatus.MacWrong })
                misfits.Add(record.Direction);

            if (!statuses.Contains(opened.Status)) continue;
            if (isFirst is { } first && first != (opened.SequenceNumber == 0)) continue;
            var sender = Sender.Of(record.Direction);
            var words = FailureWords.Of(opened);
            if (isFirst != true) hits.Add($"Record {record.Number} from the {sender}: {words}.", record);
            else
                hits.Add(new RuleHit(
                    $"Expected secrets that open record {record.Number} from the {sender}. Got: {words}.", record)
                {
                    // Whoever logged them is to blame, not the end whose record it is.
                    Direction = null,
                });
        }
    }
}
