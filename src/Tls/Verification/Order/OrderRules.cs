using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Order;

/// <summary>The order of messages, of changes of keys, and of data around them.</summary>
internal static class OrderRules
{
    private const Direction Client = Direction.ClientToServer;
    private const Direction Server = Direction.ServerToClient;

    private static readonly Direction[] Ends = [Client, Server];

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "message-out-of-order", "RFC 8446, Section 4; RFC 5246, Section 7.3",
            "The messages of a handshake come in one order, each once.",
            Severity.Error,
            (handshake, hits) => Misplaced(handshake, hasPlace: true, hits)),
        new(
            "message-without-place", "RFC 8446, Section 4; RFC 5246, Section 7.3",
            "An end sends only messages that the version has for it.",
            Severity.Error,
            WithoutPlace),
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
            "data-before-finished", "RFC 5246, Section 7.4.9; RFC 7918, Section 4",
            "Up to TLS 1.2 data waits for the other end's Finished; with a strong cipher and forward secrecy a "
            + "client of TLS 1.2 need not.",
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

    private static void Misplaced(SeenHandshake handshake, bool hasPlace, RuleHits hits)
    {
        foreach (var misplaced in handshake.Misplaced)
        {
            if (hits.IsFull) return;
            if (misplaced.HasPlace != hasPlace) continue;
            var after = misplaced.After is { } type ? $"after {type}" : "at the beginning";
            var item = misplaced.Event;
            if (hasPlace) hits.Add($"{item.Message.Type}: Expected none {after}. Got: one.", item);
            else AddWithoutPlace(item, handshake.Choice!.Version, hits);
        }
    }

    private static void WithoutPlace(Evidence evidence, RuleHits hits)
    {
        ProtocolVersion? version = null;
        foreach (var handshake in evidence.Handshakes)
        {
            Misplaced(handshake, hasPlace: false, hits);
            // A ClientHello behind a ServerHello begins another handshake, whoever sends it.
            if (version is { } agreed && handshake.Sent[0] is { Direction: Server } begun
                && begun.Message.Type == HandshakeType.ClientHello)
            {
                AddWithoutPlace(begun, agreed, hits);
            }
            version = handshake.Choice?.Version;
        }
    }

    private static void AddWithoutPlace(HandshakeEvent item, ProtocolVersion version, RuleHits hits) =>
        hits.Add($"{item.Message.Type}: Expected none from the {Sender.Of(item)} in {version}. Got: one.", item);

    private static void ChangeCipherSpecEarly(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: false }) return;
        var course = handshake.Course;
        var (ofClient, ofServer) = (course.ChangeCipherSpec(Client), course.ChangeCipherSpec(Server));
        var done = course.PositionOf(handshake.First(Server, HandshakeType.ServerHelloDone));
        // An abbreviated handshake has no key exchange; a capture that lacks parts must not be taken for one.
        if (!course.Knows(Server, Math.Min(done, ofServer)) || (done == HandshakeCourse.Never && ofServer < ofClient))
            return;

        if (course.Knows(Client, ofClient)
            && course.PositionOf(handshake.First(Client, HandshakeType.ClientKeyExchange)) > ofClient)
            hits.Add(
                "Expected ClientKeyExchange before ChangeCipherSpec. Got: none.", course.Events[ofClient]);
        if (done < ofServer && ofServer < ofClient && course.Knows(Client, ofClient))
            hits.Add(
                "Expected the client's ChangeCipherSpec before the server's. Got: the server's first.",
                course.Events[ofServer]);
    }

    private static void FinishedUnprotected(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: false }) return;
        foreach (var from in Ends)
        {
            var finished = handshake.Course.Finished(from);
            if (handshake.Course.Knows(from, finished) && finished < handshake.Course.ChangeCipherSpec(from))
                hits.Add(
                    "Expected ChangeCipherSpec before Finished. Got: none.", handshake.Course.Events[finished]);
        }
    }

    private static void DataBeforeFinished(SeenHandshake handshake, RuleHits hits)
    {
        // In a renegotiation data of the session before it goes on.
        if (handshake is not { ServerHello.Handshake: 0, Choice.Version.IsTls13: false }) return;
        var course = handshake.Course;
        foreach (var from in Ends)
        {
            var limit = course.Finished(from == Client ? Server : Client);
            if (limit == HandshakeCourse.Never) continue;
            for (var index = 0; index < limit; index++)
            {
                if (course.Events[index].Direction != from || !IsData(course.Events[index])) continue;
                if (from == Client && IsFalseStart(handshake, index)) break;
                hits.Add("Expected data after the other end's Finished. Got: data before it.", course.Events[index]);
                break;
            }
        }
    }

    // RFC 7918, Sections 4 and 5.1 to 5.3
    private static bool IsFalseStart(SeenHandshake handshake, int position) =>
        handshake.Terms is { Version: var version, Suite: var suite }
        && version == ProtocolVersion.Tls12
        && handshake.Course.Finished(Client) < position
        && suite is
        {
            KeyExchange: KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.Ecdhe,
            Authentication: not (AuthenticationAlgorithm.Anon or AuthenticationAlgorithm.Null),
            Mode: not (CipherMode.Null or CipherMode.Stream),
            KeyLength: >= 16,
            BlockLength: not 8,
        };

    private static void KeyUpdateUnanswered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.First(Client, HandshakeType.KeyUpdate) is null
            && handshake.First(Server, HandshakeType.KeyUpdate) is null) return;
        var asked = new HandshakeEvent?[2];
        foreach (var item in handshake.Course.Events)
        {
            var (own, peer) = ((int)item.Direction, 1 - (int)item.Direction);
            if (item is HandshakeEvent { Message.Body: KeyUpdate update } message)
            {
                asked[own] = null;
                if (update.RequestUpdate == 1) asked[peer] = message;
            }
            else if (item is ApplicationDataEvent && asked[own] is { } request)
            {
                asked[own] = null;
                hits.Add(
                    $"Expected KeyUpdate, asked for in frame {request.At.Number}, before more data. Got: data.", item);
            }
        }
    }

    private static void HelloRequestUnanswered(Evidence evidence, RuleHits hits)
    {
        if (evidence.Handshakes is not [.., var last]) return;
        if (last.First(Server, HandshakeType.HelloRequest) is not { } request) return;
        var later = last.Course.Events.Skip(last.Course.PositionOf(request))
            .Where(item => item.Direction == Client).ToList();
        var isAnswered = later.Any(item =>
            item is HandshakeEvent { Message.Body: ClientHello } or AlertEvent { Alert.Description.Code: 100 });
        if (!isAnswered && later.Exists(item => item is ApplicationDataEvent))
            hits.Add("Expected ClientHello or no_renegotiation. Got: neither.", request);
    }

    private static bool IsData(ConnectionEvent item) =>
        item is ApplicationDataEvent || (item is EncryptedEvent closed && closed.Type == ContentType.ApplicationData);
}
