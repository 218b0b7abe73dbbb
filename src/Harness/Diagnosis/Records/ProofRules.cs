using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis.Records;

/// <summary>Records and proofs that do not come out as they should, and alerts that say so.</summary>
internal static class ProofRules
{
    private const byte BadRecordMac = 20, DecryptionFailed = 21, DecryptError = 51, RecordOverflow = 22;

    public static readonly DiagnosisRule[] Rows =
    [
        new("record-corrupted", "a record was changed, or protected with other keys",
            "every record, opened with the keys", "RFC 5246, Section 6.2.3; RFC 8446, Section 5.2",
            "A record whose MAC or tag does not fit ends the connection with bad_record_mac.", Corrupted)
        {
            Server = "look for hardware or a middlebox that changes octets; report it to its makers, if it is its own",
            Client = "likewise",
        },
        new("bad-record-mac-unfounded", "an end can't open records that are as they should be",
            "bad_record_mac, every record before it", "RFC 5246, Section 7.2.2; RFC 8446, Section 6.2",
            "bad_record_mac answers a record whose protection does not fit.", Unfounded)
        {
            Server = "try another suite: the fault is in what the other end computes for this one",
            Client = "report it to the makers of the end that sent the alert",
        },
        new("finished-wrong", "a Finished does not verify: the two did not see the same handshake",
            "verify_data, recomputed", "RFC 8446, Section 4.4.4; RFC 5246, Section 7.4.9",
            "A wrong Finished ends the handshake with decrypt_error.", FinishedWrong)
        {
            Server = "look for who changes the handshake on the way; report it to the makers of who sent it",
            Client = "likewise",
        },
        new("signature-wrong", "a signature over the handshake does not verify", "signatures, recomputed",
            "RFC 8446, Section 4.4.3; RFC 5246, Section 7.4.3",
            "The sender's key signs what the handshake says so far.", SignatureWrong)
        {
            Server = "see that the key belongs to the certificate", Client = "likewise, if it is the client's",
        },
        new("decrypt-error", "an end could not verify a signature, a Finished or a pre-shared key", "decrypt_error",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "decrypt_error: a cryptographic operation of the handshake failed.", Decrypt)
        {
            Server = "see that certificate and key belong together, and that pre-shared keys are the same at both",
        },
        new("record-too-large", "a record is larger than the other end takes", "lengths of records, record_overflow",
            "RFC 8446, Section 5.1; RFC 8449, Section 4",
            "A record holds at most 2^14 octets, or as many as record_size_limit or max_fragment_length say.", TooLarge)
        {
            Server = "report it to the makers of who sent the record",
        },
        new("message-malformed", "a message can't be read as its RFC has it", "every message, decoded",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2", "decode_error answers what does not decode.", Malformed)
        {
            Server = "report it to the makers of who sent the message",
        },
        new("decode-error-unfounded", "an end can't read messages that are as they should be",
            "decode_error, every message before it", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "decode_error answers what does not decode.", DecodeUnfounded)
        {
            Server = "report it to the makers of who sent the alert",
        },
        new("unexpected-message", "a message comes where it may not", "the order of messages, unexpected_message",
            "RFC 8446, Section 4; RFC 5246, Section 7.3",
            "What comes out of order is answered with unexpected_message.",
            Unexpected)
        {
            Server = "report it to the makers of who sent the message",
        },
        new("illegal-parameter", "a field holds what it may not", "every field, illegal_parameter",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "illegal_parameter: a field is out of range, or does not fit the others.", Illegal)
        {
            Server = "report it to the makers of who sent the field",
        },
        new("internal-error", "an end failed in itself", "internal_error",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "internal_error: a failure that has nothing to do with the peer or the protocol, as no memory left.",
            Internal)
        {
            IsGeneral = true,
            Server = "the log of the end that sent it says why: a key that can't be read, a callback that fails",
        },
        new("alert-unexplained", "an end gave up with an alert that the capture does not explain", "the alert",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2", "A fatal alert says why its sender gives up.",
            Unexplained)
        {
            IsGeneral = true,
            Server = "the log of the end that sent it says more",
        },
    ];

    private static Suspicion? Unexplained(DiagnosisEvidence seen) =>
        seen.Ending is { Kind: EndingKind.Alert, Alert: { } alert, By: { } by }
            ? new($"the {Side(by)} gave up with {alert}, for a reason that is not in the capture", 40,
                "the alert alone says so", seen.Ending.InWords)
            : null;

    private static Suspicion? Corrupted(DiagnosisEvidence seen)
    {
        if (seen.HasGap) return null;
        var wrong = seen.Verified.ProtectedRecords.FirstOrDefault(record =>
            record.Opened is { Status: RecordStatus.MacWrong or RecordStatus.TagWrong
                or RecordStatus.PaddingMalformed });
        if (wrong is null) return null;
        var direction = wrong.Direction;
        if (!seen.Verified.ProtectedRecords.Any(record =>
                record.Direction == direction && record.Opened is { IsOk: true })
            && !seen.EndedWith(BadRecordMac, DecryptionFailed))
        {
            return null;
        }
        return new(
            $"a record of the {Side(direction)} does not open: its {What(wrong)} does not fit, so it was changed on "
            + $"the "
            + $"way or made wrong by the {Side(direction)}",
            seen.EndedWith(BadRecordMac, DecryptionFailed, DecryptError) && seen.Ending.By != direction ? 97 : 82,
            "recomputed with the keys of the connection, which open the records before it",
            $"frame {wrong.Record.At.Number}, record {wrong.Number} of the {Side(direction)}: "
            + $"{wrong.Opened!.Value.Status}",
            seen.Ending.InWords);
    }

    private static string What(DecodedRecord record) => record.Opened!.Value.Status switch
    {
        RecordStatus.TagWrong => "tag",
        RecordStatus.MacWrong => "MAC",
        _ => "padding",
    };

    private static Suspicion? Unfounded(DiagnosisEvidence seen)
    {
        if (!seen.EndedWith(BadRecordMac, DecryptionFailed)) return null;
        var finding = seen.Find("alert-without-record-error");
        var wasOpened = seen.Connection.FromClient.OpenedRecords + seen.Connection.FromServer.OpenedRecords > 0;
        if (finding is null && wasOpened) return null;
        var terms = seen.Facts is { EncryptThenMac: true }
            ? "; encrypt_then_mac was agreed on, and one end may not do it"
            : seen.Facts.ExtendedMasterSecret ? "; extended_master_secret was agreed on, and one end may not do it"
                : "";
        return new(
            finding is not null
                ? $"the {Side(seen.Ending.By!.Value)} says that a record does not open, and all of them do{terms}"
                : $"the {Side(seen.Ending.By!.Value)} says that a record does not open{terms}; without keys nobody "
                    + $"can tell "
                    + "who is right",
            finding is not null ? 74 : 48,
            finding is not null ? "every record before the alert was opened with the keys" : "the alert alone says so",
            seen.Ending.InWords);
    }

    private static Suspicion? FinishedWrong(DiagnosisEvidence seen)
    {
        var wrong = Wrong(seen, isFinished: true);
        if (wrong is null) return null;
        return new(
            $"the Finished of the {Side(wrong.Event.Direction)} does not verify: the two ends have not seen the same "
            + "handshake, or not made the same secret",
            (seen.EndedWith(DecryptError, BadRecordMac, 40, 47, 50) ? 97 : 85) - Doubt(seen),
            "recomputed with the keys of the connection",
            $"frame {wrong.Event.At.Number}, Finished: {wrong.Reason}", seen.Ending.InWords);
    }

    private static Suspicion? SignatureWrong(DiagnosisEvidence seen)
    {
        var wrong = Wrong(seen, isFinished: false);
        if (wrong is null) return null;
        return new(
            $"the signature in {wrong.Event.Message.Type} of the {Side(wrong.Event.Direction)} does not verify with "
            + $"the key "
            + "of its certificate",
            (seen.EndedWith(DecryptError, 42, 47, 40) ? 97 : 88) - Doubt(seen), "recomputed",
            $"frame {wrong.Event.At.Number}, {wrong.Event.Message.Type}: {wrong.Reason}", seen.Ending.InWords);
    }

    // What is signed is all that went before: a message too many makes every proof behind it wrong.
    private static int Doubt(DiagnosisEvidence seen) =>
        seen.Find("message-without-place", "message-out-of-order") is null ? 0 : 45;

    private static HandshakeCheck? Wrong(DiagnosisEvidence seen, bool isFinished) =>
        seen.IsComplete ? null : seen.Verified.Handshakes.SelectMany(handshake => handshake.Checks)
            .FirstOrDefault(check => check.Status == CheckStatus.Wrong
                && check.Event.Message.Body is Finished == isFinished);

    private static Suspicion? Decrypt(DiagnosisEvidence seen)
    {
        if (!seen.EndedWith(DecryptError) || Wrong(seen, true) is not null || Wrong(seen, false)
            is not null) return null;
        var isProven = seen.Find("alert-without-wrong-proof") is not null;
        var psk = seen.Offer?.Extensions.Has(ExtensionType.PreSharedKey) == true;
        return new(
            psk ? $"the {Side(seen.Ending.By!.Value)} could not verify the binder of a pre-shared key: the two have "
                + $"not the "
                    + "same key"
                : $"the {Side(seen.Ending.By!.Value)} could not verify a signature or a Finished"
                    + (isProven ? ", though all of them do verify" : ""),
            psk ? 80 : isProven ? 72 : 58, isProven ? "everything that was signed before was recomputed"
                : "the alert says so, and the keys to check it are missing", seen.Ending.InWords);
    }

    private static Suspicion? TooLarge(DiagnosisEvidence seen)
    {
        var finding = seen.Find(
            "record-too-long", "record-plaintext-too-long", "record-size-limit", "max-fragment-length");
        if (seen.IsComplete || (finding is null && !seen.EndedWith(RecordOverflow))) return null;
        return new(
            finding is null ? "an end got a record that is larger than it takes" : finding.Message.TrimEnd('.'),
            finding is not null && seen.EndedWith(RecordOverflow) ? 97 : finding is null ? 80 : 66,
            seen.EndedWith(RecordOverflow) ? "the alert says so" : "the connection failed behind it",
            [seen.Ending.InWords, .. finding is null ? []
                : new[] { $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})" }]);
    }

    private static Suspicion? Malformed(DiagnosisEvidence seen)
    {
        if (seen.IsComplete) return null;
        var (direction, at, fault) = seen.Connection.Faults.FirstOrDefault(item =>
            item.Fault is { Owner: FaultOwner.Peer, Kind: not (WireFaultKind.NotTls or WireFaultKind.Undecipherable) }
            && (item.Fault.Kind != WireFaultKind.Truncated || seen.Ending.By != item.Direction));
        if (fault is null || seen.Ending.By == direction && seen.Ending.Alert is not null) return null;
        return new(
            $"a message of the {Side(direction)} can't be read: {fault.What} in {fault.Field}",
            seen.EndedWith(50, 47, 10, 110) ? 95 : 68, "the decoder finds the same fault that the other end ended at",
            $"frame {at.Number}, offset {fault.Offset}: {fault.Detail}", seen.Ending.InWords);
    }

    private static Suspicion? DecodeUnfounded(DiagnosisEvidence seen) =>
        seen.Find("alert-without-decode-error") is { } finding && seen.EndedWith(50)
            ? new($"the {Side(seen.Ending.By!.Value)} says that a message does not decode, and all of them do", 74,
                "every message before the alert was decoded", finding.Message, seen.Ending.InWords)
            : null;

    private static Suspicion? Unexpected(DiagnosisEvidence seen)
    {
        var finding = seen.Find(
            "message-out-of-order", "message-without-place", "change-cipher-spec-early", "change-cipher-spec-misplaced",
            "data-before-finished", "message-interrupted", "content-type-unknown", "empty-fragment");
        if (seen.IsComplete || (finding is null && !seen.EndedWith(10))) return null;
        return new(
            finding is null ? $"the {Side(seen.Ending.By!.Value)} got a message that it did not expect"
                : $"a message comes where it may not. {finding.Message}",
            finding is not null && seen.EndedWith(10) ? 96 : finding is null ? 60 : 55,
            finding is null ? "the alert says so; the order that was seen is right" : "the handshake failed behind it",
            [seen.Ending.InWords, .. finding is null ? []
                : new[] { $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})" }]);
    }

    private static Suspicion? Illegal(DiagnosisEvidence seen)
    {
        if (!seen.EndedWith(47)) return null;
        var finding = seen.Findings.FirstOrDefault(item => item.Severity == Tls.Verification.Severity.Error
            && item.Direction is { } direction && direction != seen.Ending.By);
        return new(
            finding is null ? $"the {Side(seen.Ending.By!.Value)} says that a field holds what it may not"
                : $"a field holds what it may not. {finding.Message}",
            finding is null ? 50 : 93, finding is null ? "the alert says so, and not which field"
                : "the alert says so, and the rules find it too",
            [seen.Ending.InWords, .. finding is null ? []
                : new[] { $"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})" }]);
    }

    private static Suspicion? Internal(DiagnosisEvidence seen) =>
        seen.EndedWith(80)
            ? new($"the {Side(seen.Ending.By!.Value)} failed in itself"
                + (seen.Ending.After is { } last ? $" after {last.Message.Type}" : ""), 52,
                "the alert says so, and its log alone says at what", seen.Ending.InWords)
            : null;

    private static string Side(Direction direction) => Verdicts.CellWords.Ends(direction);
}
