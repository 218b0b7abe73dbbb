using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Capture.Direction;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Records;

internal static class RecordCases
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("key-log-lacks-session", "the key log of another session", () => WithKeyLogOfAnother()),
        Quiet("key-log-lacks-session", "no key log at all", () =>
            new Evidence(SessionEvidence.Decode(RecordedSession.Load(Tls12), null), null)),
        Quiet("key-log-lacks-session", "the server refused before it had a secret", () => Refused()),
        Loud("key-log-lacks-refused-session", "the server refused before it had a secret", () => Refused()),
        Quiet("key-log-lacks-refused-session", "the key log of another session", () => WithKeyLogOfAnother()),
        Loud("secrets-without-hellos", "no ServerHello", () => SessionEvidence.WithWire(
            Tls12, records => records.Where(record => record.Fragment is not [2, ..]))),
        Loud("secrets-without-hellos", "no ClientHello", () => SessionEvidence.WithWire(
            Tls12, records => records.Where(record => record.Fragment is not [1, ..]))),
        Quiet("secrets-without-hellos", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Quiet("secrets-without-hellos", "no key log at all", () =>
            new Evidence(SessionEvidence.Decode(RecordedSession.Load(Tls12), null), null)),
        Loud("no-second-opinion", "records of a suite stay closed though the secrets are there", () =>
            SessionEvidence.WithOpened(Tls12, _ => null)),
        Quiet("no-second-opinion", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("secrets-do-not-fit", "the first record", () => Failing(Tls12, 0, RecordStatus.TagWrong)),
        Quiet("secrets-do-not-fit", "a later record", () => Failing(Tls12, 1, RecordStatus.TagWrong)),
        Loud("record-tag", "a later record", () => Failing(Tls12, 1, RecordStatus.TagWrong)),
        Quiet("record-tag", "the first record", () => Failing(Tls12, 0, RecordStatus.TagWrong)),
        Loud("record-mac", "a later record", () => Failing(Tls10, 1, RecordStatus.MacWrong)),
        Quiet("record-mac", "the first record", () => Failing(Tls10, 0, RecordStatus.MacWrong)),
        Loud("record-padding", "padding that is not padding", () => Failing(Tls10, 1, RecordStatus.PaddingMalformed)),
        Quiet("record-padding", "a recorded session", () => SessionEvidence.Of(Tls10)),
        Loud("record-too-short", "no room for a MAC", () => Failing(Tls10, 1, RecordStatus.TooShort)),
        Quiet("record-too-short", "a recorded session", () => SessionEvidence.Of(Tls10)),
    ];

    private static Evidence WithKeyLogOfAnother()
    {
        var others = RecordedSession.Load(Tls10).KeyLog;
        return new Evidence(SessionEvidence.Decode(RecordedSession.Load(Tls12), others), others);
    }

    // The client's flight is whole, the server answers its first message with an alert in the clear.
    private static Evidence Refused() => SessionEvidence.WithEvents(WithKeyLogOfAnother(), events =>
    [
        .. events.Where(item =>
            item.Direction == ClientToServer || item is not (ChangeCipherSpecEvent or EncryptedEvent)),
        SessionEvidence.Alert(ServerToClient, level: 2, description: 42) with { IsProtected = false },
    ]);

    private static Evidence Failing(string name, ulong sequenceNumber, RecordStatus status) =>
        SessionEvidence.WithOpened(
            name, record => record.Opened is { } opened && opened.SequenceNumber == sequenceNumber
            ? opened with { Status = status }
            : record.Opened);
}
