using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;
using static TlsInterop.Harness.Diagnosis.Phrase;

namespace TlsInterop.Harness.Diagnosis.Intolerance;

/// <summary>Ends that fall over records which are as they may be.</summary>
internal static class RecordRules
{
    // RFC 5246, Section 7.4.9: header and verify_data of Finished.
    private const int FinishedOctets = 16;
    private static readonly byte[] OfRecords =
    [
        UnexpectedMessage, BadRecordMac, DecryptionFailed, RecordOverflow, IllegalParameter, DecodeError, DecryptError,
        InternalError,
    ];

    public static readonly DiagnosisRule[] Rows =
    [
        new("padding-intolerance", "an end takes minimal padding alone in CBC records",
            "padding_length of CBC records (lengths without keys), who gave up behind them",
            "RFC 5246, Section 6.2.3.2; RFC 2246, Section 6.2.3.2",
            "Padding may be of any length up to 255 octets that makes whole blocks.", Padding)
        {
            Server = "pad as little as possible: GnuTLS %COMPAT; Exim: gnutls_compat_mode, or tls_require_ciphers = "
                + "NORMAL:%COMPAT; or prefer suites without CBC",
            Client = "report it to its makers; a suite without CBC (GCM, RC4 in its day) gets through",
        },
        new("empty-record-intolerance", "an end falls over records without content, or of one octet",
            "the lengths of records of application data, who gave up behind them",
            "RFC 5246, Section 6.2.1; RFC 7457, Section 2.2",
            "Fragments of application data may be empty; TLS 1.0 splits them against foretold IVs.",
            Empty)
        {
            Server = "use TLS 1.2; OpenSSL: SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS", Client = "report it to its makers",
        },
        new("record-version-refused", "an end does not take the version in the header of records",
            "record headers, protocol_version", "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            "The header of a record holds the negotiated version; TLS 1.3 ignores it.", RecordVersion)
        {
            Server = "report it to the makers of who sent the record",
        },
    ];

    private static Suspicion? Padding(DiagnosisEvidence seen)
    {
        if (seen.Ending.By is not { } by || !IsFall(seen)) return null;
        return WithKeys(seen, by) ?? WithoutKeys(seen, by);
    }

    // Silence, or an alert by which stacks say that a record is not as they want it.
    private static bool IsFall(DiagnosisEvidence seen) =>
        seen.Ending.Alert is { } alert ? OfRecords.Contains(alert.Code)
            : seen.Ending.IsSilent && !SaidMuch(seen);

    private static bool SaidMuch(DiagnosisEvidence seen) =>
        seen.Ending.By is { } by && seen.Events.Any(item => item.Direction == by
            && item is ApplicationDataEvent { Content.Length: > 0 });

    private static Suspicion? WithKeys(DiagnosisEvidence seen, Direction by)
    {
        var records = seen.Verified.ProtectedRecords.Where(record =>
            record.Direction != by && record.Record.At.Number <= seen.Ending.At!.Value.Number).ToList();
        if (records.Count == 0 || records.Exists(record => record.Opened is not { IsOk: true })) return null;
        if (records.Find(record => record.Opened!.Value.ExtraPaddingBlocks > 0) is not { } padded) return null;
        var isFirst = records[0] == padded;
        var answersIt = !seen.Events.Any(item => item.Direction == by && item.At.Number > padded.Record.At.Number
            && item.At.Number < seen.Ending.At!.Value.Number && item is not (AlertEvent or EndEvent));
        if (!answersIt) return null;
        var opened = padded.Opened!.Value;
        return new(
            $"the {Side(by)} does not take CBC records with more padding than they need, which is allowed: it gave "
            + $"up at the first one that the {Side(Other(by))} sent",
            isFirst || seen.Ending.Alert is not null ? 95 : 85,
            "that record opens, and its MAC and padding fit (recomputed); nothing else of it is unusual",
            $"frame {padded.Record.At.Number}, record {padded.Number} of the {Side(Other(by))}: padding_length "
                + $"0x{opened.PaddingLength:x2}, {opened.ExtraPaddingBlocks} blocks more than needed",
            seen.Ending.InWords);
    }

    // A Finished is as long as its suite makes it: what is longer was padded.
    private static Suspicion? WithoutKeys(DiagnosisEvidence seen, Direction by)
    {
        if (seen.Facts is not { Suite.Info: { Mode: CipherMode.Cbc } suite, Version: { } version }) return null;
        if (version.IsTls13 || seen.Connection.FromClient.OpenedRecords + seen.Connection.FromServer.OpenedRecords > 0)
            return null;
        var record = seen.Connection.Records.FirstOrDefault(item => item.IsProtected && item.Direction != by
            && item.Record.Type == ContentType.Handshake);
        if (record is null || record.Record.At.Number > seen.Ending.At!.Value.Number) return null;
        var (block, mac) = (suite.BlockLength, suite.MacLength);
        if (block == 0 || mac == 0) return null;
        var iv = version >= ProtocolVersion.Tls11 ? block : 0;
        var least = seen.Facts.EncryptThenMac
            ? Whole(FinishedOctets + 1, block) + mac : Whole(FinishedOctets + mac + 1, block);
        var extra = record.Record.Fragment.Length - iv - least;
        if (extra < block) return null;
        return new(
            $"the {Side(by)} does not take CBC records with more padding than they need, which is allowed", 72,
            $"the Finished of the {Side(Other(by))} is {extra} octets longer than it needs to be, and the "
            + $"{Side(by)} gave up at it; without keys its content is a guess",
            $"frame {record.Record.At.Number}, record {record.Number} of the {Side(Other(by))}: "
                + $"{record.Record.Fragment.Length} octets, {iv + least} would do",
            seen.Ending.InWords);
    }

    private static int Whole(int octets, int block) => (octets + block - 1) / block * block;

    private static Suspicion? Empty(DiagnosisEvidence seen)
    {
        if (seen.Ending.By is not { } by || !IsFall(seen) || !seen.Facts.IsComplete) return null;
        var last = seen.Connection.Records.LastOrDefault(record => record.Direction != by && record.IsProtected
            && record.Record.At.Number <= seen.Ending.At!.Value.Number);
        var odd = seen.Connection.Records.FirstOrDefault(record => record.Direction != by && record is
            { IsProtected: true, Opened: { IsOk: true, ExtraPaddingBlocks: 0, ContentType: 23,
                Content.Length: <= 1 } });
        if (odd is null || last is null || last.Number - odd.Number > 1) return null;
        // TLS 1.0 splits against foretold IVs; later ones have no use for a single octet.
        if (odd.Opened!.Value is { Content.Length: > 0, HasChainedIv: false }) return null;
        if (seen.Findings.Any(finding => finding.Severity == Severity.Error && finding.Direction == odd.Direction))
            return null;
        return new(
            $"the {Side(by)} falls over a record of {odd.Opened!.Value.Content.Length} octets, by which the "
            + $"{Side(Other(by))} splits its data", seen.Ending.Alert is not null ? 80 : 58,
            "it gave up at the first record of that kind, which opens and fits",
            $"frame {odd.Record.At.Number}, record {odd.Number} of the {Side(Other(by))}: "
                + $"{odd.Opened!.Value.Content.Length} octets of application data",
            seen.Ending.InWords);
    }

    private static Suspicion? RecordVersion(DiagnosisEvidence seen) =>
        seen.Find("record-version") is { Direction: { } from } finding && !seen.IsComplete && seen.Ending.By != from
        && seen.EndedWith(UnexpectedMessage, IllegalParameter, DecodeError, ProtocolVersionAlert)
            ? new($"a record of the {Side(from)} has another version in its header than was agreed on. "
                + $"{finding.Message}",
                seen.EndedWith(ProtocolVersionAlert) ? 92 : 70, "the other end gave up behind it",
                $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})", seen.Ending.InWords)
            : null;

    private static Direction Other(Direction direction) =>
        direction == Direction.ClientToServer ? Direction.ServerToClient : Direction.ClientToServer;
}
