using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;
using static TlsInterop.Harness.Diagnosis.Phrase;

namespace TlsInterop.Harness.Diagnosis.Records;

/// <summary>Messages and records that are not as they should be, and alerts by which an end says so.</summary>
internal static class MessageRules
{
    public static readonly DiagnosisRule[] Rows =
    [
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

    private static Suspicion? TooLarge(DiagnosisEvidence seen)
    {
        var finding = seen.Find(
            "record-too-long", "record-plaintext-too-long", "record-size-limit", "max-fragment-length");
        if (seen.IsComplete || (finding is null && !seen.EndedWith(RecordOverflow))) return null;
        return new(
            finding is null ? "an end got a record that is larger than it takes" : finding.Message.TrimEnd('.'),
            finding is not null && seen.EndedWith(RecordOverflow) ? 97 : finding is null ? 80 : 66,
            seen.EndedWith(RecordOverflow) ? "the alert says so" : "the connection failed behind it",
            [seen.Ending.InWords, .. Found(finding)]);
    }

    private static Suspicion? Malformed(DiagnosisEvidence seen)
    {
        var (direction, at, fault) = seen.Connection.Faults.FirstOrDefault(item =>
            item.Fault is { Owner: FaultOwner.Peer, Kind: not (WireFaultKind.NotTls or WireFaultKind.Undecipherable) }
            && (item.Fault.Kind != WireFaultKind.Truncated
                || (seen.IsComplete ? item.Fault.Field != "fragment" : seen.Ending.By != item.Direction)));
        if (fault is null || seen.Ending.By == direction && seen.Ending.Alert is not null) return null;
        if (seen.IsComplete && !seen.HasFault) return null;
        if (seen.IsComplete)
        {
            return new($"a message of the {Side(direction)} can't be read: {fault.What} in {fault.Field}; the other "
                + "end went on all the same", 60, "the handshake went through, and the fault is there",
                $"frame {at.Number}, offset {fault.Offset}: {fault.Detail}");
        }
        return new(
            $"a message of the {Side(direction)} can't be read: {fault.What} in {fault.Field}",
            seen.EndedWith(DecodeError, IllegalParameter, UnexpectedMessage, UnsupportedExtension) ? 95 : 68,
            "the decoder finds the same fault that the other end ended at",
            $"frame {at.Number}, offset {fault.Offset}: {fault.Detail}", seen.Ending.InWords);
    }

    private static Suspicion? DecodeUnfounded(DiagnosisEvidence seen) =>
        seen.Find("alert-without-decode-error") is { } finding && seen.EndedWith(DecodeError)
            ? new($"the {Side(seen.Ending.By!.Value)} says that a message does not decode, and all of them do", 74,
                "every message before the alert was decoded", finding.Message, seen.Ending.InWords)
            : null;

    private static Suspicion? Unexpected(DiagnosisEvidence seen)
    {
        var finding = seen.Find(
            "message-out-of-order", "message-without-place", "change-cipher-spec-early", "change-cipher-spec-misplaced",
            "data-before-finished", "message-interrupted", "content-type-unknown", "empty-fragment");
        if (seen.IsComplete || (finding is null && !seen.EndedWith(UnexpectedMessage))) return null;
        return new(
            finding is null ? $"the {Side(seen.Ending.By!.Value)} got a message that it did not expect"
                : $"a message comes where it may not. {finding.Message}",
            finding is not null && seen.EndedWith(UnexpectedMessage) ? 96 : finding is null ? 60 : 55,
            finding is null ? "the alert says so; the order that was seen is right" : "the handshake failed behind it",
            [seen.Ending.InWords, .. Found(finding)]);
    }

    private static Suspicion? Illegal(DiagnosisEvidence seen)
    {
        if (!seen.EndedWith(IllegalParameter)) return null;
        var finding = seen.Findings.FirstOrDefault(item => item.Severity == Tls.Verification.Severity.Error
            && item.Direction is { } direction && direction != seen.Ending.By);
        var psk = seen.EndedAtHello && seen.Offer?.Extensions.Has(ExtensionType.PreSharedKey) == true;
        if (finding is null && psk) return null;
        return new(
            finding is null ? $"the {Side(seen.Ending.By!.Value)} says that a field holds what it may not"
                : $"a field holds what it may not. {finding.Message}",
            finding is null ? 50 : 93, finding is null ? "the alert says so, and not which field"
                : "the alert says so, and the rules find it too",
            [seen.Ending.InWords, .. Found(finding)]);
    }

    private static Suspicion? Internal(DiagnosisEvidence seen) =>
        seen.EndedWith(InternalError)
            ? new($"the {Side(seen.Ending.By!.Value)} failed in itself"
                + (seen.Ending.After is { } last ? $" after {last.Message.Type}" : ""), 52,
                "the alert says so, and its log alone says at what", seen.Ending.InWords)
            : null;
}
