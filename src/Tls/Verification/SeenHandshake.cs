using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>One handshake of a connection, for rules to look at. A connection has several if it renegotiates.</summary>
public sealed class SeenHandshake
{
    private static readonly HandshakeType[] OfFullHandshake =
        [HandshakeType.Certificate, HandshakeType.ServerKeyExchange, HandshakeType.ServerHelloDone];

    private IReadOnlyList<SeenChain>? _chains;

    internal SeenHandshake(IReadOnlyList<ConnectionEvent> events, KeyLog? keyLog, long completeUntil)
    {
        Messages = [.. events.OfType<HandshakeEvent>()];
        FirstClientHello = Messages.FirstOrDefault(item => item.Message.Body is ClientHello);
        ClientHello = Messages.LastOrDefault(item => item.Message.Body is ClientHello);
        HelloRetryRequest =
            Messages.FirstOrDefault(item => item.Message.Body is ServerHello { IsHelloRetryRequest: true });
        ServerHello = Messages.FirstOrDefault(item => item.Message.Body is ServerHello { IsHelloRetryRequest: false });
        Offer = Whole<ClientHello>(ClientHello);
        Choice = Whole<ServerHello>(ServerHello) is { } choice && !IsDraft(choice.Version) ? choice : null;
        Terms = ClientHello?.Message is { Fault: not { Owner: FaultOwner.CutCapture }, Body: ClientHello offer }
            && ServerHello?.Message is
                { Fault: not { Owner: FaultOwner.CutCapture }, Body: ServerHello { CipherSuite.Info: { } suite } chosen }
            ? new HandshakeTerms(chosen.Version, suite, offer.Random, chosen.Random)
            : null;
        Checks = Terms is not null
            ? HandshakeChecks.Run(Terms, keyLog ?? new KeyLog(capacity: 1), Messages, completeUntil)
            : [];
        Course = new HandshakeCourse(events);
    }

    /// <summary>The messages in the order of the wire.</summary>
    public IReadOnlyList<HandshakeEvent> Messages { get; }

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
    internal IReadOnlyList<SeenChain> Chains => _chains ??= SeenChain.Of(this);

    /// <summary>
    /// True if the server went from its ServerHello to its ChangeCipherSpec at once, as it does up to TLS 1.2 when it
    /// resumes a session (RFC 5246, Section 7.3).
    /// </summary>
    public bool IsAbbreviated =>
        Choice is { Version.IsTls13: false }
        && Course.Knows(Direction.ServerToClient, Course.ChangeCipherSpec(Direction.ServerToClient))
        && !Array.Exists(OfFullHandshake, type => First(Direction.ServerToClient, type) is not null);

    /// <summary>The first message of a type from one end, or null.</summary>
    public HandshakeEvent? First(Direction from, HandshakeType type) =>
        Messages.FirstOrDefault(item => item.Direction == from && item.Message.Type == type);

    /// <summary>The messages of one kind from one end.</summary>
    public IEnumerable<(T Body, HandshakeEvent Event)> Seen<T>(Direction from)
        where T : HandshakeBody
    {
        foreach (var item in Messages)
        {
            if (item.Direction == from && item.Message.Body is T body) yield return (body, item);
        }
    }

    private static bool IsDraft(ProtocolVersion version) => version.IsTls13 && version != ProtocolVersion.Tls13;

    // What a message that was cut off lacks, its sender may have sent.
    private static T? Whole<T>(HandshakeEvent? item)
        where T : HandshakeBody =>
        item is { Message: { Fault: null, Body: T body } } ? body : null;
}
