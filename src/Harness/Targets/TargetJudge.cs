using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Targets;

/// <summary>Says what became of a handshake with a target: the wire first, then what the stack said.</summary>
internal static class TargetJudge
{
    /// <summary>Judges one.</summary>
    /// <param name="name">What was asked.</param>
    /// <param name="answer">What the stack said.</param>
    /// <param name="seen">What was on the wire; null if there was no connection.</param>
    /// <param name="findings">What the rules found.</param>
    public static TargetResult Judge(
        string name, WorkerAnswer answer, DecodedConnection? seen, IReadOnlyList<Finding> findings)
    {
        if (answer.Exit is WorkerExit.Unsupported) return new(name, TargetVerdict.NotOffered, answer.Output);
        if (seen is null) return new(name, TargetVerdict.Error, answer.Output) { IsReached = false };
        IReadOnlyList<string> remarks =
        [
            .. findings.Select(finding => $"{finding.Severity} {finding.RuleId}: {finding.Message} ({finding.Rfc})"),
            .. Closed(seen),
        ];
        var (verdict, text) = Judge(answer, seen, findings);
        return new(name, verdict, text) { Remarks = remarks };
    }

    private static (TargetVerdict Verdict, string Text) Judge(
        WorkerAnswer answer, DecodedConnection seen, IReadOnlyList<Finding> findings)
    {
        var facts = seen.Facts;
        if (seen.Faults.FirstOrDefault(found => found.Fault.Owner == FaultOwner.Peer) is { Fault: { } fault })
            return (TargetVerdict.Fail, $"{fault.What} in {fault.Field} at offset {fault.Offset}: {fault.Detail}");
        if (findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } wrong)
            return (TargetVerdict.Fail, $"{wrong.RuleId}: {wrong.Message} ({wrong.Rfc})");
        // The version comes into play with the first hello only: what is spoken before is the same for all.
        if (facts.ClientHello is null) return (TargetVerdict.Error, answer.Output);
        if (answer.Exit == WorkerExit.Done) return (TargetVerdict.Pass, Agreed(facts));
        // A server that has answered with a ServerHello speaks so: what is wrong then is something else.
        var alert = Outcome.Alert(facts);
        var isRefusal = facts.ServerHello is null && facts.ClientHello is not null
            && (alert is null || alert.Direction == Direction.ServerToClient)
            && (alert is not null || facts.FirstTcpEnd?.Direction == Direction.ServerToClient);
        if (!isRefusal) return (TargetVerdict.Fail, answer.Output);
        return (TargetVerdict.Refused, (alert, facts.FirstTcpEnd) switch
        {
            ({ } sent, _) => CellWords.Of(sent),
            (_, { Kind: CloseKind.Reset }) => "the server reset the connection without an alert",
            _ => "the server closed without an alert",
        });
    }

    private static string Agreed(HandshakeFacts facts) => string.Join(
        " · ",
        new[] { facts.Version?.ToString(), facts.Suite?.ToString(), facts.Group, facts.SignatureScheme }
            .Where(part => part is not null));

    // Who lends no secrets is not to blame, and neither is the server: it is said, and nothing more.
    private static string[] Closed(DecodedConnection seen)
    {
        var closed = seen.Events.OfType<EncryptedEvent>().Count();
        if (closed == 0) return [];
        return
        [
            $"{closed} records stay closed and were not judged: the TLS of this system wrote no key log"
                + (seen.Facts.Version == ProtocolVersion.Tls13
                    ? ", and all behind a ServerHello of TLS 1.3 is protected" : ""),
        ];
    }
}
