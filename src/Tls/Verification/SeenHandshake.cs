using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Certificates;
using TlsInterop.Tls.Verification.Hellos;
using TlsInterop.Tls.Verification.Keys;
using TlsInterop.Tls.Verification.Order;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>One handshake of a connection, for rules to look at. A connection has several if it renegotiates.</summary>
public sealed class SeenHandshake
{
    private static readonly HandshakeType[] OfFullHandshake =
        [HandshakeType.Certificate, HandshakeType.ServerKeyExchange, HandshakeType.ServerHelloDone];

    private static readonly KeyLog NoSecrets = new(capacity: 1);

    private readonly HandshakeEvent[] _messages;
    private SeenChain[]? _chains;

    internal SeenHandshake(IReadOnlyList<ConnectionEvent> events, KeyLog? keyLog, long completeUntil)
    {
        _messages = [.. events.OfType<HandshakeEvent>()];
        HandshakeMessage? offered = null;
        foreach (var item in _messages)
        {
            switch (item.Message.Body)
            {
                case ClientHello { }:
                    FirstClientHello ??= item;
                    ClientHello = item;
                    offered = item.Message;
                    break;
                case SslV2ClientHello { }:
                    offered ??= item.Message;
                    break;
                case ServerHello { IsHelloRetryRequest: true }:
                    HelloRetryRequest ??= item;
                    break;
                case ServerHello { }:
                    ServerHello ??= item;
                    break;
            }
        }
        Offer = Whole<ClientHello>(ClientHello);
        Choice = Whole<ServerHello>(ServerHello) is { } choice && !choice.Version.IsDraft ? choice : null;
        Terms = offered is { Fault: not { Owner: FaultOwner.CutCapture } } && RandomOf(offered.Body) is { } random
            && ServerHello?.Message is
                { Fault: not { Owner: FaultOwner.CutCapture },
                    Body: ServerHello { CipherSuite.Info: { } suite } chosen }
            ? new HandshakeTerms(chosen.Version, suite, random, chosen.Random)
            : null;
        Checks = Terms is not null
            ? HandshakeChecks.Run(Terms, keyLog ?? NoSecrets, _messages, completeUntil)
            : [];
        Course = new HandshakeCourse(events);
    }

    /// <summary>The messages in the order of the wire.</summary>
    public IReadOnlyList<HandshakeEvent> Messages => _messages;

    /// <summary>The same, to be gone through without an enumerator.</summary>
    internal HandshakeEvent[] Sent => _messages;

    /// <summary>
    /// Those of them that have extensions, but for Certificate, which has a list for each of its entries.
    /// </summary>
    internal HandshakeEvent[] WithExtensions => field ??=
        Array.FindAll(_messages, item => item.Message.Body.Extensions.Count > 0);

    /// <summary>The hellos of both ends.</summary>
    internal SeenHello[] Hellos => field ??= SeenHello.Of(_messages);

    /// <summary>The public keys of named groups that both ends sent.</summary>
    internal SeenShare[] EcShares => field ??= SeenShare.Of(_messages);

    /// <summary>The messages that stand where they may not.</summary>
    internal MessageOrder.MisplacedMessage[] Misplaced => field ??=
    [
        .. MessageOrder.Misplaced(this, Direction.ClientToServer),
        .. MessageOrder.Misplaced(this, Direction.ServerToClient),
    ];

    /// <summary>What happened between the messages, and up to where nothing is missing.</summary>
    public HandshakeCourse Course { get; }

    /// <summary>What was recomputed, and what came of it.</summary>
    public IReadOnlyList<HandshakeCheck> Checks { get; }

    /// <summary>The first ClientHello, or null.</summary>
    public HandshakeEvent? FirstClientHello { get; }

    /// <summary>
    /// The ClientHello that the ServerHello answers: the second one if there was a HelloRetryRequest.
    /// </summary>
    public HandshakeEvent? ClientHello { get; }

    /// <summary>The HelloRetryRequest, or null.</summary>
    public HandshakeEvent? HelloRetryRequest { get; }

    /// <summary>The ServerHello that is no HelloRetryRequest, or null.</summary>
    public HandshakeEvent? ServerHello { get; }

    /// <summary>The client's offer in its last form; null without one that could be read to its end.</summary>
    public ClientHello? Offer { get; }

    /// <summary>
    /// The server's choice; null without one that could be read to its end, and for drafts of TLS 1.3, whose forms and
    /// rules were others.
    /// </summary>
    public ServerHello? Choice { get; }

    /// <summary>What was agreed on; null without both hellos or with a suite that is in no registry.</summary>
    public HandshakeTerms? Terms { get; }

    /// <summary>The certificate chains of both ends.</summary>
    internal SeenChain[] Chains => _chains ??= SeenChain.Of(this);

    /// <summary>
    /// True if the server went from its ServerHello to its ChangeCipherSpec at once, as it does up to TLS 1.2 when it
    /// resumes a session (RFC 5246, Section 7.3).
    /// </summary>
    public bool IsAbbreviated =>
        Choice is { Version.IsTls13: false }
        && Course.Knows(Direction.ServerToClient, Course.ChangeCipherSpec(Direction.ServerToClient))
        && !Array.Exists(OfFullHandshake, type => First(Direction.ServerToClient, type) is not null);

    /// <summary>The first message of a type from one end, or null.</summary>
    public HandshakeEvent? First(Direction from, HandshakeType type)
    {
        foreach (var item in _messages)
        {
            if (item.Direction == from && item.Message.Type == type) return item;
        }
        return null;
    }

    /// <summary>The messages of one kind from one end.</summary>
    public SeenMessages<T> Seen<T>(Direction from)
        where T : HandshakeBody => new(_messages, from);

    private static ReadOnlyMemory<byte>? RandomOf(HandshakeBody body) =>
        body is ClientHello hello ? hello.Random : body is SslV2ClientHello old ? old.Random : null;

    // What a message that was cut off lacks, its sender may have sent.
    private static T? Whole<T>(HandshakeEvent? item)
        where T : HandshakeBody =>
        item is { Message: { Fault: null, Body: T body } } ? body : null;
}
