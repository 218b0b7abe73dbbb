using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Verdicts.CellWords;
using static TlsInterop.Harness.Verdicts.Judgement;

namespace TlsInterop.Harness.Verdicts;

/// <summary>
/// Says how a cell ended. The wire decides: exit codes and logs tell whether the attempt took place at all, and are
/// evidence beside it.
/// </summary>
public static class CellJudge
{
    // In this order: first whether anything can be said at all, then what the wire shows, then what became of it.
    private static readonly Func<CellObservation, Judgement?>[] Rules =
    [
        .. AttemptRules.All,
        RefusedWhereItShould, TookTheQuirkAsItShould, DecodesWithoutFault, CameAgain, EndedAsItMay, EndedAsForetold,
        HandshakeCompleted,
        EffectiveIsRequested, NothingIsWrongWithIt, WireShowsIt, Conversed, Complained, PayloadCameBack,
    ];

    private static readonly (QuirkEnding Ending, string Words)[] EndingWords =
    [
        (QuirkEnding.Taken, "taken"), (QuirkEnding.Refused, "refused"), (QuirkEnding.Left, "ended by who has it"),
    ];

    /// <summary>Judges a cell.</summary>
    public static Judgement Judge(CellObservation seen) =>
        Rules.Select(rule => rule(seen)).FirstOrDefault(judgement => judgement is not null) is { } judgement
            ? Explained(judgement, seen)
            : Judgement.Passed;

    // Where a rule knows no cause, how it ended and what the ends said is what there is.
    private static Judgement Explained(Judgement judgement, CellObservation seen)
    {
        if (judgement.Verdict == Verdict.Pass || judgement.Why.Count > 0) return judgement;
        var end = seen.Connection is null ? "" : HowItEnded(seen);
        return judgement with
        {
            Why =
            [
                .. end.Length == 0 || judgement.Got!.Contains(end, StringComparison.Ordinal) ? [] : new[] { end },
                Said("client", seen.Client?.Output ?? ""),
            ],
        };
    }

    private static Judgement? DecodesWithoutFault(CellObservation seen) => FaultOf(seen, _ => true);

    private static Judgement? FaultOf(CellObservation seen, Func<(FrameStamp At, WireFault Fault), bool> counts)
    {
        foreach (var (direction, at, fault) in seen.Connections.SelectMany(connection => connection.Faults))
        {
            if (seen.IsOdd(direction) || !counts((at, fault))) continue;
            var where = $"{fault.What} in {fault.Field} at offset {fault.Offset} "
                + $"(frame {at.Number}, {Ends(direction)}): {fault.Detail}";
            return fault.Owner == FaultOwner.Peer
                ? Failed(seen, "well-formed TLS", where)
                : Other(Verdict.Error, "bytes that can be decoded", where, fault.Owner == FaultOwner.CutCapture
                    ? "the capture is cut, the peer may be innocent"
                    : "");
        }
        return null;
    }

    private static Judgement? RefusedWhereItShould(CellObservation seen)
    {
        if (CertificateProfile.Find(seen.Cell.Certificate) is not { Fault: { } fault } profile) return null;
        var answer = CertificateAnswer.Of(seen);
        if (answer is not null && OtherThanTold(seen, profile) is { } sent)
            return Failed(seen, $"the server sending {string.Join(", ", profile.SentNames)}", $"it sent {sent}");
        if (answer is { Reaction: not CertificateReaction.Accepted })
        {
            // What a server says behind a refusal is no TLS any more: those of mail take leave in clear text. And a
            // client that has had enough cuts off what is under way.
            var end = EndOf(seen.Connection!.Facts);
            return FaultOf(seen, item => item.At.Number <= end && item.Fault.Owner == FaultOwner.Peer)
                ?? Judgement.Passed with { Why = [HowItEnded(seen)] };
        }
        // What it may accept goes on as any other does.
        return fault.Refusal == Refusal.MayAccept ? null : Failed(
            seen, $"the client refusing {fault}",
            answer is null ? HowItEnded(seen) : $"{seen.Cell.Client} accepted {fault} and went on");
    }

    // What a quirk brings about is right if its row says so; what is taken goes on as any other handshake does.
    private static Judgement? TookTheQuirkAsItShould(CellObservation seen)
    {
        if (seen.Cell.Quirk is not { } name || AllQuirks.Find(name) is not { } quirk) return null;
        var peer = seen.QuirkPeer!.Value;
        var outcome = Outcome.Of(seen.Connection!);
        var ended = outcome switch
        {
            Outcome.Complete when seen.Client!.Talked => QuirkEnding.Taken,
            Outcome.Complete when StoppedBy(peer, seen) => QuirkEnding.Refused,
            Outcome.Complete => StoppedBy(seen.QuirkSender!.Value, seen) ? QuirkEnding.Left : QuirkEnding.Taken,
            _ => (outcome == Outcome.ServerRefuses) == (peer == Direction.ServerToClient)
                ? QuirkEnding.Refused
                : QuirkEnding.Left,
        };
        var end = EndOf(seen.Connection!.Facts);
        if (FaultOf(seen, item => item.At.Number <= end && item.Fault.Owner == FaultOwner.Peer) is { } broken)
            return broken;
        if (!quirk.Ends.HasFlag(ended))
        {
            return Failed(
                seen, $"{quirk.Name} {Words(quirk.Ends)}: {quirk.Provokes} ({quirk.Source})",
                $"{outcome}: {HowItEnded(seen)}", Last("client", seen.Client!.Output));
        }
        return ended == QuirkEnding.Taken ? null : Judgement.Passed with { Why = [HowItEnded(seen)] };
    }

    // What breaks behind the handshake is refused by who says so, or closes, in the midst of a conversation.
    private static bool StoppedBy(Direction end, CellObservation seen)
    {
        var facts = seen.Connection!.Facts;
        return facts.FirstFatalAlert is { } alert ? alert.Direction == end : facts.FirstTcpEnd?.Direction == end;
    }

    private static string Words(QuirkEnding ends) =>
        string.Join(" or ", EndingWords.Where(row => ends.HasFlag(row.Ending)).Select(row => row.Words));

    private static long EndOf(HandshakeFacts facts) =>
        (Outcome.Alert(facts)?.At ?? facts.FirstTcpEnd?.At)?.Number ?? long.MaxValue;

    // Some servers put a chain in order before they send it.
    private static string? OtherThanTold(CellObservation seen, CertificateProfile profile)
    {
        var (message, body) = seen.Connection!.Messages.Where(item => item.Direction == Direction.ServerToClient)
            .Select(item => (item.Message, Body: Certificate.In(item.Message.Body)))
            .FirstOrDefault(item => item.Body is not null);
        var names = (body?.Entries ?? [])
            .Select(entry => CertificateSummary.TryRead(entry.Data)?.CommonName ?? "?").ToList();
        // A client that has had enough cuts it off.
        return names.SequenceEqual(profile.SentNames.Take(message?.Fault is null ? int.MaxValue : names.Count))
            ? null
            : string.Join(", ", names);
    }

    private static Judgement? CameAgain(CellObservation seen)
    {
        var visits = seen.Request.Scenario.Visits;
        if (visits == 1) return null;
        if (seen.Visits.Take(visits - 1).FirstOrDefault(visit => !visit.Facts.IsComplete) is { } broken)
            return Failed(seen, "a first handshake, of a session to resume", HowItEnded(broken));
        return seen.Connections.Count >= visits ? null : Failed(
            seen, $"{visits} connections of the client", $"{seen.Connections.Count}",
            Last("client", seen.Client!.Output));
    }

    // What refuses a handshake as its scenario allows has done what it should: nothing more is to come of it.
    private static Judgement? EndedAsItMay(CellObservation seen)
    {
        var allowed = seen.Request.Scenario.Outcome;
        var outcome = Outcome.Of(seen.Connection!);
        if (allowed.Contains(outcome))
            return outcome == Outcome.Complete
                ? null
                : WireShowsIt(seen) ?? NothingIsWrongWithIt(seen)
                    ?? Judgement.Passed with { Why = [HowItEnded(seen)] };
        // Of one that was to complete the next rule says more.
        return allowed.Contains(Outcome.Complete)
            ? null
            : Failed(seen, $"{allowed}, as '{seen.Cell.Scenario}' has it", $"{outcome}: {HowItEnded(seen)}");
    }

    // Where nobody asks for anything, two stacks need not have anything in common.
    private static Judgement? EndedAsForetold(CellObservation seen)
    {
        if (seen.Cell.Version is not null || seen.Prediction?.Refused is not { } refusal
            || Outcome.Of(seen.Connection!) != refusal.By)
            return null;
        return NothingIsWrongWithIt(seen) ?? Judgement.Passed with { Why = [refusal.ToString(), HowItEnded(seen)] };
    }

    private static Judgement? WireShowsIt(CellObservation seen)
    {
        var isComplete = Outcome.Of(seen.Connection!) == Outcome.Complete;
        foreach (var (name, allowed) in seen.Request.Scenario.Wire)
        {
            var fact = WireFact.Find(name)!;
            if (fact.IsOfRefusal && isComplete) continue;
            var shown = fact.Of(seen.Connection!);
            if (!allowed.Contains(shown))
                return Failed(seen, $"{name}: {allowed}, as '{seen.Cell.Scenario}' has it", $"{name}: {shown}");
        }
        return null;
    }

    private static Judgement? HandshakeCompleted(CellObservation seen) =>
        Outcome.Of(seen.Connection!) == Outcome.Complete
            ? null
            : Failed(
                seen, $"{Asked(seen)} (both ends offer it; probed)", HowItEnded(seen),
                Last("client", seen.Client!.Output));

    private static Judgement? EffectiveIsRequested(CellObservation seen)
    {
        var facts = seen.Connection!.Facts;
        var cell = seen.Cell;
        // A session that is resumed up to TLS 1.2 has the secret of the connection that it began on.
        var group = facts.Group ?? seen.Visits.First().Facts.Group;
        if (cell.Version is null) return null;
        var differs = facts.Version != cell.Version || facts.Suite != cell.Suite
            || (cell.Group is not null && group != cell.Group);
        return differs
            ? Failed(seen, $"{Asked(seen)} on the wire, as requested", $"{Effective(seen)} on the wire")
            : null;
    }

    private static Judgement? NothingIsWrongWithIt(CellObservation seen)
    {
        var wrong = seen.Findings.Where(finding => finding.Severity == Severity.Error
            && !seen.IsOdd(finding.Direction)
            && !seen.Request.Scenario.Breaks.Contains(finding.RuleId)).ToArray();
        return wrong.Length == 0 ? null : Failed(
            seen, "a handshake and records that recompute", wrong[0].Message,
            [.. wrong.Select(finding => $"{finding.RuleId}, frame {finding.Frame} ({finding.Rfc})")]);
    }

    private static Judgement? Conversed(CellObservation seen) => seen.Client!.Talked ? null : Failed(
        seen,
        $"the conversation of '{seen.Cell.Scenario}' to its end",
        $"{HowItEnded(seen)}; the client ended with exit code {seen.Client.ExitCode}",
        Last("client", seen.Client.Output));

    private static Judgement? Complained(CellObservation seen) =>
        !seen.Request.Scenario.Complaint || seen.Client!.ExitCode != 0 ? null : Failed(
            seen, $"an error of the client, as '{seen.Cell.Scenario}' has it", "exit code 0",
            Last("client", seen.Client.Output));

    private static Judgement? PayloadCameBack(CellObservation seen)
    {
        byte[] expected =
            [.. seen.Request.Scenario.Conversation.Select(step => step.Echo).OfType<int>()
            .SelectMany(Workers.EchoPayload.Create)];
        if (expected.Length == 0 || seen.Connection!.Events.OfType<EncryptedEvent>().Any()) return null;
        foreach (var direction in new[] { Direction.ClientToServer, Direction.ServerToClient })
        {
            var sent = seen.Connection.ApplicationData(direction);
            var equal = sent.AsSpan().CommonPrefixLength(expected);
            if (equal < expected.Length || sent.Length != expected.Length)
                return Failed(
                    seen, $"the payload of {expected.Length} octets from the {Ends(direction)}",
                    $"{sent.Length} octets, equal up to {equal}");
        }
        return null;
    }
}
