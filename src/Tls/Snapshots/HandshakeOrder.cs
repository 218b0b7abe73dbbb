using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Snapshots;

/// <summary>
/// Puts the events of one handshake into an order that timing can't change: each direction is cut into turns, at the
/// points where it must wait for the other end, and the turns alternate.
/// </summary>
/// <remarks>The turns: RFC 8446, Section 2, figures 1 to 4; RFC 5246, Section 7.3.</remarks>
internal static class HandshakeOrder
{
    public static List<ConnectionEvent> Sort(IReadOnlyList<ConnectionEvent> events)
    {
        var turns = new Dictionary<Direction, Queue<List<ConnectionEvent>>>
        {
            [Direction.ClientToServer] = Turns(events.Where(item => item.Direction == Direction.ClientToServer)),
            [Direction.ServerToClient] = Turns(events.Where(item => item.Direction == Direction.ServerToClient)),
        };
        // A warning or garbage of the server may be first in time; the client's turn is first all the same.
        var next = Direction.ClientToServer;
        if (events.Count > 0 && events[0] is HandshakeEvent { Message.Body: EmptyBody }) next = events[0].Direction;

        var sorted = new List<ConnectionEvent>(events.Count);
        while (turns.Values.Any(queue => queue.Count > 0))
        {
            if (turns[next].TryDequeue(out var turn)) sorted.AddRange(turn);
            next = next == Direction.ClientToServer ? Direction.ServerToClient : Direction.ClientToServer;
        }
        return sorted;
    }

    private static Queue<List<ConnectionEvent>> Turns(IEnumerable<ConnectionEvent> events)
    {
        var turns = new Queue<List<ConnectionEvent>>();
        var turn = new List<ConnectionEvent>();
        List<ConnectionEvent>? retry = null;
        foreach (var item in events)
        {
            // The compatibility ChangeCipherSpec of a server follows its HelloRetryRequest (RFC 8446, Appendix D.4).
            if (retry is not null && item is ChangeCipherSpecEvent && turn.Count == 0)
            {
                retry.Add(item);
                retry = null;
                continue;
            }
            retry = null;
            turn.Add(item);
            if (!EndsTurn(item)) continue;
            if (item is HandshakeEvent { Message.Body: ServerHello }) retry = turn;
            turns.Enqueue(turn);
            turn = [];
        }
        if (turn.Count > 0) turns.Enqueue(turn);
        return turns;
    }

    private static bool EndsTurn(ConnectionEvent item) => item switch
    {
        HandshakeEvent { Message: var message } =>
            message.Body is ClientHello or SslV2ClientHello or Finished or ServerHello { IsHelloRetryRequest: true }
            || message.Type == HandshakeType.ServerHelloDone || message.Type == HandshakeType.HelloRequest,
        EncryptedEvent { Type: var type } => type == ContentType.Handshake,
        AlertEvent { Alert: var alert } => alert.IsFatal || alert.Description == AlertDescription.CloseNotify,
        _ => false,
    };
}
