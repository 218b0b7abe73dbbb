using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>
/// What happened in a handshake around its messages, as positions among its events, and up to which position all that
/// an end sent is known. Who says that something is missing must ask that first.
/// </summary>
public sealed class HandshakeCourse
{
    /// <summary>The position of what did not happen: behind everything.</summary>
    public const int Never = int.MaxValue;

    private readonly int[] _changes = [Never, Never];
    private readonly int[] _finished = [Never, Never];
    private readonly int[] _lacks = [Never, Never];
    private readonly Dictionary<ConnectionEvent, int> _positions = new(ReferenceEqualityComparer.Instance);

    internal HandshakeCourse(IReadOnlyList<ConnectionEvent> events)
    {
        Events = events;
        // RFC 8446, Section 4.2.10: early data that the server refuses needs to be read by nobody.
        var mayBeEarly = events.OfType<HandshakeEvent>().FirstOrDefault()?.Message.Body is ClientHello hello
            && hello.Extensions.Has(ExtensionType.EarlyData);
        for (var index = 0; index < events.Count; index++)
        {
            var item = events[index];
            var isEarly = mayBeEarly && item.Direction == Direction.ClientToServer;
            if (item is HandshakeEvent { IsProtected: true } && isEarly) mayBeEarly = false;
            Take(item, index, isEarly);
        }
    }

    /// <summary>The messages of the handshake and all that happened up to the next one.</summary>
    public IReadOnlyList<ConnectionEvent> Events { get; }

    /// <summary>Where an end sent its first ChangeCipherSpec, or <see cref="Never"/>.</summary>
    public int ChangeCipherSpec(Direction from) => _changes[(int)from];

    /// <summary>
    /// Where an end sent its first Finished, or <see cref="Never"/>. A closed handshake record behind its
    /// ChangeCipherSpec can be nothing else (RFC 5246, Section 7.4.9).
    /// </summary>
    public int Finished(Direction from) => _finished[(int)from];

    /// <summary>Where a message of the handshake stands, or <see cref="Never"/>.</summary>
    public int PositionOf(HandshakeEvent? item) => item is null ? Never : _positions.GetValueOrDefault(item, Never);

    /// <summary>
    /// True if the position exists and everything that an end sent in the handshake before it was captured and read.
    /// </summary>
    public bool Knows(Direction from, int until) => until != Never && until <= _lacks[(int)from];

    private void Take(ConnectionEvent item, int index, bool isEarly)
    {
        switch (item)
        {
            case HandshakeEvent message:
                _positions[item] = index;
                if (message.Message.Fault is not null) Note(_lacks, item, index);
                if (message.Message.Type == HandshakeType.Finished) Note(_finished, item, index);
                break;
            case ChangeCipherSpecEvent:
                Note(_changes, item, index);
                break;
            case EncryptedEvent closed:
                if (!isEarly) Note(_lacks, item, index);
                if (closed.Type == ContentType.Handshake && _changes[(int)item.Direction] != Never)
                    Note(_finished, item, index);
                break;
            case GapEvent or FaultEvent:
                Note(_lacks, item, index);
                break;
        }
    }

    private static void Note(int[] positions, ConnectionEvent item, int index)
    {
        ref var position = ref positions[(int)item.Direction];
        if (position == Never) position = index;
    }
}
