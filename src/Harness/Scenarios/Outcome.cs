using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Scenarios;

/// <summary>How a handshake ended, in the words of <c>scenarios.yaml</c>.</summary>
public static class Outcome
{
    /// <summary>It went through, and nobody objected to it.</summary>
    public const string Complete = "complete";

    /// <summary>The server ended it.</summary>
    public const string ServerRefuses = "server-refuses";

    /// <summary>The client ended it.</summary>
    public const string ClientRefuses = "client-refuses";

    /// <summary>The words.</summary>
    public static readonly IReadOnlyList<string> All = [Complete, ServerRefuses, ClientRefuses];

    /// <summary>How the handshake of a connection ended.</summary>
    /// <remarks>
    /// RFC 8446, Section 4.4: in TLS 1.3 the client is done before the server has seen its certificate. So a fatal
    /// alert refuses a handshake as long as its sender has not sent application data.
    /// </remarks>
    public static string Of(DecodedConnection connection)
    {
        var facts = connection.Facts;
        if (Alert(facts) is { } alert && !Spoke(connection, alert.Direction)) return Refusing(alert.Direction);
        if (facts.IsComplete) return Complete;
        return Refusing(facts.FirstTcpEnd?.Direction ?? Direction.ClientToServer);
    }

    /// <summary>The fatal alert that ended it; null if there was none, or something else had ended it before.</summary>
    /// <remarks>
    /// An alert that answers the other end's FIN or RST complains of that: Node's clients look at a certificate of TLS
    /// 1.3 before their Finished, and leave without a word. An end that sent the last message as well as the FIN has
    /// closed its half only: the alert may refuse that message.
    /// </remarks>
    public static AlertFact? Alert(HandshakeFacts facts) =>
        facts is { FirstFatalAlert: { } alert, FirstTcpEnd: { } end, LastMessage: var last }
            && end.Direction != alert.Direction && end.Direction != last?.Direction
            && end.At.Number < alert.At.Number
            ? null
            : facts.FirstFatalAlert;

    private static bool Spoke(DecodedConnection connection, Direction direction) =>
        connection.Events.Any(item => item is ApplicationDataEvent { IsEarly: false } && item.Direction == direction);

    private static string Refusing(Direction direction) =>
        direction == Direction.ServerToClient ? ServerRefuses : ClientRefuses;
}
