using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

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
        ServerStarted, CaptureIsComplete, ClientCould, ClientConnected, EndedInTime, SecretsAreThere,
        RefusedWhereItShould, DecodesWithoutFault, CameAgain, EndedAsItMay, EndedAsForetold, HandshakeCompleted,
        EffectiveIsRequested, NothingIsWrongWithIt, WireShowsIt, Conversed, Complained, PayloadCameBack,
    ];

    /// <summary>Judges a cell.</summary>
    public static Judgement Judge(CellObservation seen) =>
        Rules.Select(rule => rule(seen)).FirstOrDefault(judgement => judgement is not null) ?? Judgement.Passed;

    private static Judgement? ServerStarted(CellObservation seen)
    {
        if (seen.Server.Server is not null) return null;
        return seen.Server.ExitCode == 127
            ? Other(Verdict.Unsupported, $"the server {seen.Cell.Server} configured for {Asked(seen)} (it was probed "
                + "to offer it)", "exit code 127: it can't do that", Last(seen.Server.Output))
            : Other(Verdict.Error, $"the server {seen.Cell.Server} listening",
                $"exit code {seen.Server.ExitCode} at its start", Last(seen.Server.Output));
    }

    private static Judgement? CaptureIsComplete(CellObservation seen)
    {
        if (seen.Frames is not { } frames) return null;
        if (frames.DroppedDuring is > 0 and var lost)
            return Other(
                Verdict.Error, "every packet captured", $"the kernel dropped {lost} of them",
                "what is missing can't be judged; run with fewer --workers");
        if (frames.IsCut)
            return Other(
                Verdict.Error, "every packet captured", "more than a cell may keep",
                "the connection carried far more than its scenario has");
        var gap = seen.Connections.SelectMany(connection => connection.Events).OfType<GapEvent>().FirstOrDefault();
        return gap is null
            ? null
            : Other(Verdict.Error, "every octet captured", $"{gap.Length} octets of the {Ends.Of(gap.Direction)} are "
                + $"missing before frame {gap.At.Number}");
    }

    private static Judgement? ClientCould(CellObservation seen) => seen.Client!.ExitCode != 127 ? null : Other(
        Verdict.Unsupported, $"the client {seen.Cell.Client} asking for {Asked(seen)} (it was probed to offer it)",
        "exit code 127: it can't do that", Last(seen.Client.Output));

    private static Judgement? ClientConnected(CellObservation seen) => seen.Frames!.Connections > 0 ? null : Other(
        seen.Client!.ExitCode == 124 ? Verdict.Hang : Verdict.Error,
        "a connection to the server",
        $"none; the client ended with exit code {seen.Client.ExitCode}",
        Last(seen.Client.Output));

    private static Judgement? EndedInTime(CellObservation seen) => seen.Client!.ExitCode != 124 ? null : Other(
        Verdict.Hang, "an end within the deadline", $"none; the last on the wire was {LastOnTheWire(seen)}",
        Last(seen.Client.Output));

    private static Judgement? SecretsAreThere(CellObservation seen)
    {
        if (seen.Connection?.Facts.Version != ProtocolVersion.Tls13) return null;
        // A server that refuses a client's certificate never gets to the keys of what the client says behind it.
        var refuses = Outcome.Of(seen.Connection) == Outcome.ServerRefuses;
        // One that refuses early data does not have their keys at all: nobody reads what comes before the Finished.
        var readFrom = WireFact.Find("early-data")!.Of(seen.Connection) != "refused" ? 0
            : seen.Connection.Messages.FirstOrDefault(message => message.Direction == Direction.ClientToServer
                && message.Message.Type == HandshakeType.Finished)?.At.Number ?? 0;
        var closed = seen.Connection.Events.OfType<EncryptedEvent>()
            .FirstOrDefault(record => record.Direction == Direction.ServerToClient
                || (!refuses && record.At.Number >= readFrom));
        var unfit = seen.Connection.Faults.Select(found => found.Fault)
            .FirstOrDefault(fault => fault.Kind == WireFaultKind.Undecipherable)?.Detail;
        return closed is null ? null : Other(
            Verdict.Error,
            "a key log with the secrets of this session",
            $"a record that stays closed (frame {closed.At.Number}, {closed.Length} octets of the "
                + $"{Ends.Of(closed.Direction)})",
            unfit ?? "TLS 1.3 can't be judged behind its ServerHello without them: did the server write its key log?");
    }

    private static Judgement? DecodesWithoutFault(CellObservation seen)
    {
        foreach (var (direction, at, fault) in seen.Connections.SelectMany(connection => connection.Faults))
        {
            var where = $"{fault.What} in {fault.Field} at offset {fault.Offset} "
                + $"(frame {at.Number}, {Ends.Of(direction)}): {fault.Detail}";
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
            return Judgement.Passed with { Why = [HowItEnded(seen)] };
        // What it may accept goes on as any other does.
        return fault.Refusal == Refusal.MayAccept ? null : Failed(
            seen, $"the client refusing {fault}",
            answer is null ? HowItEnded(seen) : $"{seen.Cell.Client} accepted {fault} and went on");
    }

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
            seen, $"{visits} connections of the client", $"{seen.Connections.Count}", Last(seen.Client!.Output));
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
            : Failed(seen, $"{Asked(seen)} (both ends offer it; probed)", HowItEnded(seen), Last(seen.Client!.Output));

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
            && !seen.Request.Scenario.Breaks.Contains(finding.RuleId)).ToArray();
        return wrong.Length == 0 ? null : Failed(
            seen, "a handshake and records that recompute", wrong[0].Message,
            [.. wrong.Select(finding => $"{finding.RuleId}, frame {finding.Frame} ({finding.Rfc})")]);
    }

    private static Judgement? Conversed(CellObservation seen) => seen.Client!.Talked ? null : Failed(
        seen,
        $"the conversation of '{seen.Cell.Scenario}' to its end",
        $"{HowItEnded(seen)}; the client ended with exit code {seen.Client.ExitCode}",
        Last(seen.Client.Output));

    private static Judgement? Complained(CellObservation seen) =>
        !seen.Request.Scenario.Complaint || seen.Client!.ExitCode != 0 ? null : Failed(
            seen, $"an error of the client, as '{seen.Cell.Scenario}' has it", "exit code 0", Last(seen.Client.Output));

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
                    seen, $"the payload of {expected.Length} octets from the {Ends.Of(direction)}",
                    $"{sent.Length} octets, equal up to {equal}");
        }
        return null;
    }

    /// <summary>What was asked for, as a sentence has it.</summary>
    public static string Asked(CellObservation seen) => Asked(seen.Cell);

    /// <summary>What the wire shows, or null if there was no ServerHello.</summary>
    public static string? Effective(CellObservation seen) =>
        seen.Connection?.Facts is { Version: { } version, Suite: { } suite } facts
        ? string.Join(
            " · ", new[] { version.ToString(), suite.ToString(), facts.Group, facts.SignatureScheme }.Where(
                part => part is not null))
        : null;

    private static string Asked(Cell cell) => cell.Version is null
        ? "what both choose by themselves"
        : $"{cell.Version} with {cell.Suite}{(cell.Group is null ? "" : $" and {cell.Group}")}";

    private static string HowItEnded(CellObservation seen) => HowItEnded(seen.Connection!);

    private static string HowItEnded(DecodedConnection connection)
    {
        var facts = connection.Facts;
        if (Outcome.Alert(facts) is { } alert) return Alert(alert);
        var after = facts.LastMessage is { } last
            ? $"after {last.Type} of the {Ends.Of(last.Direction)}"
            : "before any TLS";
        return facts.FirstTcpEnd is { } end
            ? $"{(end.Kind == CloseKind.Reset ? "RST" : "FIN")} from the {Ends.Of(end.Direction)} {after}, and no alert"
            : $"no end of the connection {after}";
    }

    private static string LastOnTheWire(CellObservation seen) =>
        (seen.Connection is { Events: [.., var last] } ? last : null) switch
    {
        HandshakeEvent item => $"{item.Message.Type} of the {Ends.Of(item.Direction)}",
        AlertEvent item => $"alert {item.Alert.Description} of the {Ends.Of(item.Direction)}",
        ApplicationDataEvent item => $"application data of the {Ends.Of(item.Direction)}",
        EndEvent item => $"{item.End} of the {Ends.Of(item.Direction)}",
        { } item => $"an octet of the {Ends.Of(item.Direction)}",
        null => "the opening of the connection",
    };

    private static string Alert(AlertFact alert) =>
        $"alert {alert.Alert.Description} ({alert.Alert.Description.Code}) from the "
            + $"{Ends.Of(alert.Direction)}{(alert.AfterMessage is { } message ? $" after {message}" : "")}";

    private static Judgement Failed(CellObservation seen, string expected, string got, params string[] why)
    {
        var facts = seen.Connection?.Facts;
        var signature = facts switch
        {
            not null when Outcome.Alert(facts) is { } alert =>
                new FailureSignature(
                    alert.Alert.Description.ToString(), alert.Direction, alert.AfterMessage?.ToString(), got),
            { FirstTcpEnd: { } end } =>
                new FailureSignature(FailureSignature.NoAlert, end.Direction, facts.LastMessage?.Type.ToString(), got),
            _ => new FailureSignature(Message: got),
        };
        return new Judgement(Verdict.Fail, expected, got, Clean(why), signature);
    }

    private static Judgement Other(Verdict verdict, string expected, string got, params string[] why) =>
        new(verdict, expected, got, Clean(why), new FailureSignature(Message: got));

    private static string[] Clean(string[] why) => [.. why.Where(line => line.Length > 0)];

    // The end of what a program printed: where it says what it did not like.
    private static string Last(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "" : "it said: " + string.Join(" | ", lines.TakeLast(3));
    }

    private static class Ends
    {
        public static string Of(Direction direction) => direction == Direction.ClientToServer ? "client" : "server";
    }
}
