using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>The order of messages, of changes of keys, and of data around them.</summary>
internal static class OrderRules
{
    private const Direction Client = Direction.ClientToServer;
    private const Direction Server = Direction.ServerToClient;

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "message-out-of-order", "RFC 8446, Section 4; RFC 5246, Section 7.3",
            "The messages of a handshake come in one order, each once.",
            Severity.Error,
            handshake => Misplaced(handshake, hasPlace: true)),
        Rule.OfHandshake(
            "message-without-place", "RFC 8446, Section 4; RFC 5246, Section 7.4",
            "An end sends only messages that the version has for it.",
            Severity.Error,
            handshake => Misplaced(handshake, hasPlace: false)),
        Rule.OfHandshake(
            "change-cipher-spec-early", "RFC 5246, Section 7.1; RFC 5246, Section 7.3",
            "Nobody changes keys before the key exchange is over.",
            Severity.Error,
            ChangeCipherSpecEarly),
        Rule.OfHandshake(
            "finished-unprotected", "RFC 5246, Section 7.4.9",
            "A ChangeCipherSpec stands before each Finished up to TLS 1.2.",
            Severity.Error,
            FinishedUnprotected),
        Rule.OfHandshake(
            "data-before-finished", "RFC 5246, Section 7.4.9; RFC 7918, Section 3",
            "Up to TLS 1.2 data waits for the other end's Finished, unless the client takes a false start.",
            Severity.Note,
            DataBeforeFinished),
        Rule.OfHandshake(
            "key-update-unanswered", "RFC 8446, Section 4.6.3",
            "An end that is asked to change its keys does so before it sends more data; it may not know of it yet.",
            Severity.Note,
            KeyUpdateUnanswered),
        new(
            "hello-request-unanswered", "RFC 5246, Section 7.4.1.1",
            "A client answers HelloRequest with ClientHello or no_renegotiation; it may ignore it.",
            Severity.Note,
            HelloRequestUnanswered),
    ];

    private static IEnumerable<RuleHit> Misplaced(SeenHandshake handshake, bool hasPlace) =>
        from direction in (Direction[])[Client, Server]
        from misplaced in MessageOrder.Misplaced(handshake, direction)
        where misplaced.HasPlace == hasPlace
        let after = misplaced.After is { } type ? $"after {type}" : "at the beginning"
        let expected = hasPlace ? $"none {after}" : $"none in {handshake.Choice!.Version}"
        select new RuleHit(
            $"{misplaced.Event.Message.Type}: Expected {expected}. Got: one.", misplaced.Event);

    private static IEnumerable<RuleHit> ChangeCipherSpecEarly(SeenHandshake handshake)
    {
        if (handshake.Choice is not { Version.IsTls13: false }) yield break;
        var course = handshake.Course;
        var (ofClient, ofServer) = (course.ChangeCipherSpec(Client), course.ChangeCipherSpec(Server));
        var done = course.PositionOf(handshake.First(Server, HandshakeType.ServerHelloDone));
        // An abbreviated handshake has no key exchange; a capture that lacks parts must not be taken for one.
        if (!course.Knows(Server, Math.Min(done, ofServer)) || (done == HandshakeCourse.Never && ofServer < ofClient))
            yield break;

        if (course.Knows(Client, ofClient)
            && course.PositionOf(handshake.First(Client, HandshakeType.ClientKeyExchange)) > ofClient)
            yield return new RuleHit(
                "Expected ClientKeyExchange before ChangeCipherSpec. Got: none.", course.Events[ofClient]);
        if (done < ofServer && ofServer < ofClient && course.Knows(Client, ofClient))
            yield return new RuleHit(
                "Expected the client's ChangeCipherSpec before the server's. Got: the server's first.",
                course.Events[ofServer]);
    }

    private static IEnumerable<RuleHit> FinishedUnprotected(SeenHandshake handshake)
    {
        if (handshake.Choice is not { Version.IsTls13: false }) yield break;
        foreach (var from in (Direction[])[Client, Server])
        {
            var finished = handshake.Course.Finished(from);
            if (handshake.Course.Knows(from, finished) && finished < handshake.Course.ChangeCipherSpec(from))
                yield return new RuleHit(
                    "Expected ChangeCipherSpec before Finished. Got: none.", handshake.Course.Events[finished]);
        }
    }

    private static IEnumerable<RuleHit> DataBeforeFinished(SeenHandshake handshake)
    {
        // In a renegotiation data of the session before it goes on.
        if (handshake is not { ServerHello.Handshake: 0, Choice.Version.IsTls13: false }) yield break;
        var course = handshake.Course;
        foreach (var (from, peer) in ((Direction, Direction)[])[(Client, Server), (Server, Client)])
        {
            var limit = course.Finished(peer);
            if (limit == HandshakeCourse.Never) continue;
            var early = course.Events.Take(limit).FirstOrDefault(item => item.Direction == from && IsData(item));
            if (early is not null)
                yield return new RuleHit("Expected data after the other end's Finished. Got: data before it.", early);
        }
    }

    private static IEnumerable<RuleHit> KeyUpdateUnanswered(SeenHandshake handshake)
    {
        var asked = new Dictionary<Direction, HandshakeEvent>();
        foreach (var item in handshake.Course.Events)
        {
            var peer = item.Direction == Client ? Server : Client;
            if (item is HandshakeEvent { Message.Body: KeyUpdate update } message)
            {
                asked.Remove(item.Direction);
                if (update.RequestUpdate == 1) asked[peer] = message;
            }
            else if (item is ApplicationDataEvent && asked.Remove(item.Direction, out var request))
            {
                yield return new RuleHit(
                    $"Expected KeyUpdate, asked for in frame {request.At.Number}, before more data. Got: data.", item);
            }
        }
    }

    private static IEnumerable<RuleHit> HelloRequestUnanswered(Evidence evidence)
    {
        if (evidence.Handshakes is not [.., var last]) yield break;
        if (last.First(Server, HandshakeType.HelloRequest) is not { } request) yield break;
        var later = last.Course.Events.Skip(last.Course.PositionOf(request))
            .Where(item => item.Direction == Client).ToList();
        var isAnswered = later.Any(item =>
            item is HandshakeEvent { Message.Body: ClientHello } or AlertEvent { Alert.Description.Code: 100 });
        if (!isAnswered && later.Exists(item => item is ApplicationDataEvent))
            yield return new RuleHit("Expected ClientHello or no_renegotiation. Got: neither.", request);
    }

    private static bool IsData(ConnectionEvent item) =>
        item is ApplicationDataEvent || (item is EncryptedEvent closed && closed.Type == ContentType.ApplicationData);
}
