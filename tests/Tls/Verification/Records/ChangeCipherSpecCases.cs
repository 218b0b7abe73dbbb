using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Records;

internal static class ChangeCipherSpecCases
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("change-cipher-spec-content", "another octet", () => WithContent(2)),
        Loud("change-cipher-spec-content", "two octets", () => WithContent(1, 1)),
        Quiet("change-cipher-spec-content", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("change-cipher-spec-misplaced", "after Finished", () => SessionEvidence.WithWire(Tls13, records =>
            [.. records, new RecordedSession.Record(Direction.ServerToClient, 20, 0x0303, [1])])),
        Quiet("change-cipher-spec-misplaced", "TLS 1.3 with ChangeCipherSpec of both ends", () =>
            SessionEvidence.Of(Tls13)),
        Quiet("change-cipher-spec-misplaced", "TLS 1.2, before Finished", () => SessionEvidence.Of(Tls12)),
    ];

    private static Evidence WithContent(params byte[] octets) => SessionEvidence.WithWire(Tls12, records =>
        records.Select(record => record.Type == 20 ? record with { Fragment = octets } : record));
}
