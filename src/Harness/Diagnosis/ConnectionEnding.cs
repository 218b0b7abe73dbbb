using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>Who ended a connection, how, and behind what.</summary>
public sealed record ConnectionEnding
{
    public EndingKind Kind { get; private init; }

    /// <summary>Who; null if no end was seen.</summary>
    public Direction? By { get; private init; }

    /// <summary>The fatal alert; null if there was none.</summary>
    public AlertDescription? Alert { get; private init; }

    /// <summary>Where; null if no end was seen.</summary>
    public FrameStamp? At { get; private init; }

    /// <summary>The last handshake message of either end before.</summary>
    public HandshakeEvent? After { get; private init; }

    /// <summary>From the last octets of the other end until it ended; null if that is not known.</summary>
    public TimeSpan? Delay { get; private init; }

    public bool IsByClient => By == Direction.ClientToServer;

    public bool IsByServer => By == Direction.ServerToClient;

    /// <summary>True if an end gave up without an alert.</summary>
    public bool IsSilent => Kind is EndingKind.Fin or EndingKind.Reset;

    internal static ConnectionEnding Of(DecodedConnection connection)
    {
        var facts = connection.Facts;
        if (Outcome.Alert(facts) is { } alert && !AnswersEnd(facts, alert))
            return Of(connection, EndingKind.Alert, alert.Direction, alert.At) with { Alert = alert.Alert.Description };
        if (facts.FirstClose is not { } close)
            return new() { After = connection.Messages.LastOrDefault() };
        // Who answers the other's FIN with an alert did not end it.
        var isAnswer = close.Kind == CloseKind.FatalAlert
            || (facts.FirstTcpEnd is { } end && end.At.Number < close.At.Number);
        var first = isAnswer ? facts.FirstTcpEnd ?? close : close;
        var kind = first.Kind switch
        {
            CloseKind.CloseNotify => EndingKind.CloseNotify,
            CloseKind.Reset => EndingKind.Reset,
            _ => EndingKind.Fin,
        };
        return Of(connection, kind, first.Direction, first.At);
    }

    // Stacks that miss the rest of a handshake, or close_notify, say so by these.
    private static bool AnswersEnd(HandshakeFacts facts, AlertFact alert) =>
        facts.FirstTcpEnd is { } end && end.Direction != alert.Direction && end.At.Number < alert.At.Number
        && alert.Alert.Description.Code is UnexpectedMessage or DecodeError;

    private static ConnectionEnding Of(DecodedConnection connection, EndingKind kind, Direction by, FrameStamp at)
    {
        var before = connection.Events.TakeWhile(item => item.At.Number < at.Number || item.At.Number == at.Number
            && item is not (EndEvent or AlertEvent)).ToList();
        var heard = before.FindLast(item => item.Direction != by && item is not AnomalyEvent);
        var delay = heard is null || heard.At.UnixNanoseconds == 0
            ? (TimeSpan?)null
            : TimeSpan.FromTicks((at.UnixNanoseconds - heard.At.UnixNanoseconds) / 100);
        return new()
        {
            Kind = kind, By = by, At = at, Delay = delay >= TimeSpan.Zero ? delay : null,
            After = before.OfType<HandshakeEvent>().LastOrDefault(),
        };
    }

    /// <summary><c>FIN</c>, <c>alert unknown_ca (48)</c>.</summary>
    internal string How => Kind switch
    {
        EndingKind.Alert => $"alert {Alert} ({Alert!.Value.Code})",
        EndingKind.CloseNotify => "close_notify",
        EndingKind.Reset => "RST",
        EndingKind.Fin => "FIN",
        _ => "nothing",
    };

    /// <summary><c>the client sent alert unknown_ca (48) 0.9 ms after ServerHelloDone (frame 7)</c>.</summary>
    internal string InWords => By is { } by
        ? $"the {CellWords.Ends(by)} {(Kind == EndingKind.Alert ? "sent" : "closed with")} {How}"
            + $"{Phrase.After(Delay)}{(After is { } last ? $" after {last.Message.Type}" : "")} "
            + $"(frame {At!.Value.Number})"
        : "no end of the connection was captured";
}
