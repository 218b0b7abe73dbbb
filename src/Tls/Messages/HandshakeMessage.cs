using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>One handshake message: its bytes as sent, and what they say.</summary>
/// <param name="Type">Message type.</param>
/// <param name="Bytes">The message as sent with its header of four octets; shorter than it says if it was cut.</param>
/// <param name="Body">The content as far as it could be read.</param>
/// <param name="Fault">Why the rest could not be read, or null. Offsets count from the message's first octet.</param>
public sealed record HandshakeMessage(
    HandshakeType Type, ReadOnlyMemory<byte> Bytes, HandshakeBody Body, WireFault? Fault)
{
    /// <summary>Octets of msg_type and length.</summary>
    public const int HeaderLength = 4;

    /// <summary>A message to be sent.</summary>
    /// <exception cref="ArgumentException">The body is longer than a message can be.</exception>
    public static HandshakeMessage Of(HandshakeType type, HandshakeBody body, in MessageContext context)
    {
        var writer = new WireWriter();
        writer.U8(type.Code);
        using (writer.List24("body")) body.Write(writer, context);
        return new(type, writer.ToArray(), body, Fault: null);
    }

    /// <summary>Reads a message that is complete, or as much of it as there is.</summary>
    /// <param name="bytes">From msg_type on; no octet beyond the message.</param>
    /// <param name="context">The handshake so far.</param>
    /// <param name="cut">Who is to blame if the message is cut off.</param>
    public static HandshakeMessage Read(
        ReadOnlyMemory<byte> bytes, in MessageContext context, FaultOwner cut = FaultOwner.Peer)
    {
        // RFC 8446, Section 4
        // struct { HandshakeType msg_type; uint24 length; select (Handshake.msg_type) { ... }; } Handshake;
        var header = new WireReader(bytes, cut);
        var type = new HandshakeType(header.U8("msg_type"));
        var length = header.U24("length");
        if (header.Fault is not null) return new(type, bytes, new UnknownBody(Content: default), header.Fault);

        var isCut = length > header.Remaining;
        var content = isCut ? header.Rest() : header.Take(length, "body");
        var reader = new WireReader(content, isCut ? cut : FaultOwner.Peer, HeaderLength);
        var body = HandshakeReaders.Read(type, ref reader, context);
        header.End("Handshake");
        var fault = reader.Fault ?? header.Fault;
        if (isCut)
            fault ??= new(WireFaultKind.Truncated, type.ToString(), bytes.Length, cut,
                $"Expected {length} octets. Got: {content.Length}");
        return new(type, bytes, body, fault);
    }
}
