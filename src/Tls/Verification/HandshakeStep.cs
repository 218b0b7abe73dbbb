using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>A handshake message in the order of the wire.</summary>
/// <param name="From">Its sender.</param>
/// <param name="Message">The message with its original bytes.</param>
/// <param name="Frame">Frame of the capture that completed it, from 1; 0 if not known.</param>
public sealed record HandshakeStep(Direction From, HandshakeMessage Message, long Frame)
{
    /// <summary>What it is.</summary>
    public HandshakeType Type => Message.Type;

    /// <summary>What it says.</summary>
    public HandshakeBody Body => Message.Body;
}
