using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>A connection as far as it could be read. The first handshake's facts are in <see cref="Facts"/>.</summary>
public sealed class DecodedConnection
{
    private HandshakeFacts? _facts;

    internal DecodedConnection(
        IReadOnlyList<ConnectionEvent> events,
        IReadOnlyList<DecodedRecord> records,
        StreamTotals? fromClient = null,
        StreamTotals? fromServer = null) =>
        (Events, Records, FromClient, FromServer) = (events, records, fromClient ?? new(), fromServer ?? new());

    /// <summary>
    /// True if it resumes a session whose secret was not known: another connection may still bring it.
    /// </summary>
    internal bool LacksSession { get; set; }

    /// <summary>
    /// False if the capture has no SYN of it: what seems to be the beginning may have had something before it.
    /// </summary>
    public bool OpeningSeen { get; internal init; } = true;

    /// <summary>Everything in the order of the capture.</summary>
    public IReadOnlyList<ConnectionEvent> Events { get; }

    /// <summary>The records that the events came from, in the order of the capture.</summary>
    public IReadOnlyList<DecodedRecord> Records { get; }

    /// <summary>The client's direction as a whole.</summary>
    public StreamTotals FromClient { get; }

    /// <summary>The server's direction as a whole.</summary>
    public StreamTotals FromServer { get; }

    /// <summary>What the first handshake agreed on, and how the connection went.</summary>
    public HandshakeFacts Facts => _facts ??= HandshakeFacts.Of(Events);

    /// <summary>The handshake messages of both directions in the order of the capture.</summary>
    public IEnumerable<HandshakeEvent> Messages => Events.OfType<HandshakeEvent>();

    /// <summary>
    /// The lines of a key log that belong to its handshakes, each once: a second one has another random (RFC 5746).
    /// </summary>
    public IEnumerable<string> SecretsIn(KeyLog keyLog) =>
        Messages.Select(item => item.Message.Body).OfType<ClientHello>()
            .SelectMany(hello => keyLog.LinesOf(hello.Random.Span)).Distinct();

    /// <summary>Every fault with its place: of records, messages and extensions.</summary>
    public IEnumerable<(Direction Direction, FrameStamp At, WireFault Fault)> Faults
    {
        get
        {
            foreach (var item in Events)
            {
                if (item is FaultEvent fault) yield return (item.Direction, item.At, fault.Fault);
                if (item is not HandshakeEvent { Message: var message }) continue;
                if (message.Fault is not null) yield return (item.Direction, item.At, message.Fault);
                foreach (var extension in ExtensionsOf(message))
                    if (extension.Fault is not null) yield return (item.Direction, item.At, extension.Fault);
            }
        }
    }

    /// <summary>The decrypted application data of one direction, early data first if there is any.</summary>
    public byte[] ApplicationData(Direction direction) =>
    [
        .. Events.OfType<ApplicationDataEvent>()
            .Where(item => item.Direction == direction)
            .SelectMany(item => item.Content.ToArray()),
    ];

    private static IEnumerable<Extensions.Extension> ExtensionsOf(HandshakeMessage message) =>
        message.Body is Certificate certificate
            ? certificate.Entries.SelectMany(entry => entry.Extensions)
            : message.Body.Extensions;
}
