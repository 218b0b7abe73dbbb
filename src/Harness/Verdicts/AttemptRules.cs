using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Verdicts.CellWords;
using static TlsInterop.Harness.Verdicts.Judgement;

namespace TlsInterop.Harness.Verdicts;

/// <summary>Whether the attempt took place, and whether all of it was seen: else nothing can be said of it.</summary>
internal static class AttemptRules
{
    /// <summary>The rules; each leans on those before it.</summary>
    public static IReadOnlyList<Func<CellObservation, Judgement?>> All { get; } =
        [ServerStarted, CaptureIsComplete, ClientCould, ClientConnected, EndedInTime, SecretsAreThere];

    private static Judgement? ServerStarted(CellObservation seen)
    {
        if (seen.Server.Server is not null) return null;
        return seen.Server.ExitCode == 127
            ? Other(Verdict.Unsupported, $"the server {seen.Cell.Server} configured for {Asked(seen)} (it was probed "
                + "to offer it)", "exit code 127: it can't do that", Last("server", seen.Server.Output))
            : Other(Verdict.Error, $"the server {seen.Cell.Server} listening",
                $"exit code {seen.Server.ExitCode} at its start", Last("server", seen.Server.Output));
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
            : Other(Verdict.Error, "every octet captured", $"{gap.Length} octets of the {Ends(gap.Direction)} are "
                + $"missing before frame {gap.At.Number}");
    }

    private static Judgement? ClientCould(CellObservation seen) => seen.Client!.ExitCode != 127 ? null : Other(
        Verdict.Unsupported, $"the client {seen.Cell.Client} asking for {Asked(seen)} (it was probed to offer it)",
        "exit code 127: it can't do that", Last("client", seen.Client.Output));

    private static Judgement? ClientConnected(CellObservation seen) => seen.Frames!.Connections > 0 ? null : Other(
        seen.Client!.ExitCode == 124 ? Verdict.Hang : Verdict.Error,
        "a connection to the server",
        $"none; the client ended with exit code {seen.Client.ExitCode}",
        Last("client", seen.Client.Output));

    private static Judgement? EndedInTime(CellObservation seen) => seen.Client!.ExitCode != 124 ? null : Other(
        Verdict.Hang, "an end within the deadline", $"none; the last on the wire was {LastOnTheWire(seen)}",
        Last("client", seen.Client.Output));

    private static Judgement? SecretsAreThere(CellObservation seen)
    {
        if (seen.Connection?.Facts.Version != ProtocolVersion.Tls13) return null;
        // A server that refuses a client's certificate never gets to the keys of what the client says behind it; what a
        // scripted end spoils on purpose nobody opens.
        var mayStayClosed = seen.Cell.Quirk is not null || seen.IsOdd(Direction.ClientToServer)
            || Outcome.Of(seen.Connection) == Outcome.ServerRefuses;
        // One that refuses early data does not have their keys at all: nobody reads what comes before the Finished.
        var readFrom = WireFact.Find("early-data")!.Of(seen.Connection) != "refused" ? 0
            : seen.Connection.Messages.FirstOrDefault(message => message.Direction == Direction.ClientToServer
                && message.Message.Type == HandshakeType.Finished)?.At.Number ?? 0;
        var closed = seen.Connection.Events.OfType<EncryptedEvent>()
            .FirstOrDefault(record =>
                (record.Direction == Direction.ServerToClient && !seen.IsOdd(Direction.ServerToClient))
                || (record.Direction == Direction.ClientToServer && !mayStayClosed && record.At.Number >= readFrom));
        var unfit = seen.Connection.Faults.Select(found => found.Fault)
            .FirstOrDefault(fault => fault.Kind == WireFaultKind.Undecipherable)?.Detail;
        return closed is null ? null : Other(
            Verdict.Error,
            "a key log with the secrets of this session",
            $"a record that stays closed (frame {closed.At.Number}, {closed.Length} octets of the "
                + $"{Ends(closed.Direction)})",
            unfit ?? "TLS 1.3 can't be judged behind its ServerHello without them: did the server write its key log?");
    }
}
