using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification;

/// <summary>One handshake of a connection, for rules to look at. A connection has several if it renegotiates.</summary>
public sealed class SeenHandshake
{
    private IReadOnlyList<SeenChain>? _chains;

    internal SeenHandshake(IReadOnlyList<HandshakeEvent> messages, KeyLog? keyLog, long completeUntil)
    {
        Messages = messages;
        FirstClientHello = messages.FirstOrDefault(item => item.Message.Body is ClientHello);
        ClientHello = messages.LastOrDefault(item => item.Message.Body is ClientHello);
        HelloRetryRequest = messages.FirstOrDefault(item => item.Message.Body is ServerHello { IsHelloRetryRequest: true });
        ServerHello = messages.FirstOrDefault(item => item.Message.Body is ServerHello { IsHelloRetryRequest: false });
        Offer = (ClientHello?)ClientHello?.Message.Body;
        Choice = (ServerHello?)ServerHello?.Message.Body;
        Terms = Offer is { } offer && Choice is { CipherSuite.Info: { } suite } choice
            ? new HandshakeTerms(choice.Version, suite, offer.Random, choice.Random)
            : null;
        Checks = Terms is not null
            ? HandshakeChecks.Run(Terms, keyLog ?? new KeyLog(capacity: 1), messages, completeUntil)
            : [];
    }

    /// <summary>The messages in the order of the wire.</summary>
    public IReadOnlyList<HandshakeEvent> Messages { get; }

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

    /// <summary>The client's offer in its last form, or null.</summary>
    public ClientHello? Offer { get; }

    /// <summary>The server's choice, or null.</summary>
    public ServerHello? Choice { get; }

    /// <summary>What was agreed on; null without both hellos or with a suite that is in no registry.</summary>
    public HandshakeTerms? Terms { get; }

    /// <summary>The certificate chains of both ends.</summary>
    internal IReadOnlyList<SeenChain> Chains => _chains ??= SeenChain.Of(this);

    /// <summary>The messages of one kind from one end.</summary>
    public IEnumerable<(T Body, HandshakeEvent Event)> Seen<T>(Direction from)
        where T : HandshakeBody
    {
        foreach (var item in Messages)
        {
            if (item.Direction == from && item.Message.Body is T body) yield return (body, item);
        }
    }
}
