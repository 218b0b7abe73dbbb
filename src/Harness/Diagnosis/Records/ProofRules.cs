using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;
using static TlsInterop.Harness.Diagnosis.Phrase;

namespace TlsInterop.Harness.Diagnosis.Records;

/// <summary>Records, signatures and Finished that do not come out as they should, recomputed.</summary>
internal static class ProofRules
{
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
    ];

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
            + $"the way or made wrong by the {Side(direction)}",
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
                    + "can tell who is right",
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
            (seen.EndedWith(DecryptError, BadRecordMac, HandshakeFailure, IllegalParameter, DecodeError) ? 97 : 85)
                - Doubt(seen),
            "recomputed with the keys of the connection",
            $"frame {wrong.Event.At.Number}, Finished: {wrong.Reason}", seen.Ending.InWords);
    }

    private static Suspicion? SignatureWrong(DiagnosisEvidence seen)
    {
        var wrong = Wrong(seen, isFinished: false);
        if (wrong is null) return null;
        return new(
            $"the signature in {wrong.Event.Message.Type} of the {Side(wrong.Event.Direction)} does not verify with "
            + "the key of its certificate",
            (seen.EndedWith(DecryptError, BadCertificate, IllegalParameter, HandshakeFailure) ? 97 : 88) - Doubt(seen),
            "recomputed",
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
        if (!seen.EndedWith(DecryptError)) return null;
        // A pre-shared key that a hello was refused for has a rule of its own.
        if (seen.EndedAtHello && seen.Offer?.Extensions.Has(ExtensionType.PreSharedKey) == true) return null;
        if (Wrong(seen, isFinished: true) is not null || Wrong(seen, isFinished: false) is not null) return null;
        var isProven = seen.Find("alert-without-wrong-proof") is not null;
        var psk = seen.Offer?.Extensions.Has(ExtensionType.PreSharedKey) == true;
        return new(
            psk ? $"the {Side(seen.Ending.By!.Value)} could not verify the binder of a pre-shared key: the two have "
                    + "not the same key"
                : $"the {Side(seen.Ending.By!.Value)} could not verify a signature or a Finished"
                    + (isProven ? ", though all of them do verify" : ""),
            psk ? 80 : isProven ? 72 : 58, isProven ? "everything that was signed before was recomputed"
                : "the alert says so, and the keys to check it are missing", seen.Ending.InWords);
    }
}
