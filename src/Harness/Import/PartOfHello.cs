using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>How much of a ClientHello there is, if not all of it.</summary>
/// <param name="Octets">Those that are there, with the message's header.</param>
/// <param name="Of">Those that its header tells of.</param>
public readonly record struct PartOfHello(int Octets, int Of)
{
    /// <summary>Reads it off a message; null if that is whole.</summary>
    public static PartOfHello? In(HandshakeMessage message)
    {
        // RFC 8446, Section 4
        var reader = new WireReader(message.Bytes);
        _ = reader.U8("msg_type");
        var whole = HandshakeMessage.HeaderLength + reader.U24("length");
        return reader.Fault is null && message.Bytes.Length < whole
            ? new PartOfHello(message.Bytes.Length, whole)
            : null;
    }

    public override string ToString() => $"{Octets} of {Of} octets of the ClientHello are there";
}
