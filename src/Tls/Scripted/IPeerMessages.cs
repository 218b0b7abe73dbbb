using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>
/// What one role makes of a handshake: the messages that it sends, and what those of the peer change.
/// </summary>
internal interface IPeerMessages
{
    /// <summary>The body of a message that is to be sent now.</summary>
    /// <exception cref="ScriptedFault">This role has no such message.</exception>
    HandshakeBody Make(HandshakeType type);

    /// <summary>Puts in what depends on the message's own octets.</summary>
    /// <param name="type">Message type.</param>
    /// <param name="message">The message with its header; it is altered in place.</param>
    void Bind(HandshakeType type, Span<byte> message);

    /// <summary>Behind a message that was sent.</summary>
    void Sent(HandshakeType type, HandshakeBody body);

    /// <summary>Takes a message of the peer.</summary>
    /// <exception cref="ScriptedFault">It does not fit, or a profile reacts to it.</exception>
    void Take(HandshakeMessage message);

    /// <summary>Takes a record of the peer, before what is in it.</summary>
    /// <exception cref="ScriptedFault">A profile reacts to it.</exception>
    void Take(OpenedRecord record);

    /// <summary>The protection that the own ChangeCipherSpec begins; null if it begins none.</summary>
    RecordProtection? Writing();

    /// <summary>The protection that the peer's ChangeCipherSpec begins; null if it begins none.</summary>
    RecordProtection? Reading();
}
