using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Scripted;

/// <summary>A handshake message of the peer: what is wrong with it whoever takes it.</summary>
internal static class ReceivedMessage
{
    /// <summary>Reads it.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="context">The handshake so far.</param>
    /// <exception cref="ScriptedFault">It can't be read, or says something twice.</exception>
    public static HandshakeMessage Read(ReadOnlyMemory<byte> message, in MessageContext context)
    {
        var read = HandshakeMessage.Read(message, context);
        var extensions = read.Body.Extensions;
        if ((read.Fault ?? extensions.FirstOrDefault(item => item.Fault is not null)?.Fault) is { } fault)
            throw new ScriptedFault($"{read.Type}: {fault}", "decode_error");
        // RFC 8446, Section 4.2; RFC 5246, Section 7.4.1.4
        foreach (var (type, count) in extensions.CountBy(item => item.Type).Where(counted => counted.Value > 1))
            throw new ScriptedFault(
                $"Expected {type} once in {read.Type}. Got: it {count} times", "illegal_parameter");
        return read;
    }
}
