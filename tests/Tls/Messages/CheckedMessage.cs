using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>Messages put together by hand, and what must hold for every one of them.</summary>
internal static class CheckedMessage
{
    /// <summary><c>opaque field&lt;0..2^8-1&gt;</c>.</summary>
    public static byte[] Vector8(params ReadOnlySpan<byte> content) => [(byte)content.Length, .. content];

    /// <summary><c>opaque field&lt;0..2^16-1&gt;</c>.</summary>
    public static byte[] Vector16(params ReadOnlySpan<byte> content) =>
        [(byte)(content.Length >> 8), (byte)content.Length, .. content];

    /// <summary><c>opaque field&lt;0..2^24-1&gt;</c>.</summary>
    public static byte[] Vector24(params ReadOnlySpan<byte> content) =>
        [(byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];

    /// <summary>Octets that differ from their neighbours.</summary>
    public static byte[] Filler(int length) => [.. Enumerable.Range(1, length).Select(number => (byte)number)];

    public static byte[] Framed(HandshakeType type, byte[] body) => [type.Code, .. Vector24(body)];

    public static MessageContext Context(ProtocolVersion version, string suite) =>
        new(version, CipherSuites.Find(suite));

    /// <summary>
    /// Reads a message that is right: it has no fault, it is written as it was read, each prefix of
    /// it is cut, and no change of an octet throws.
    /// </summary>
    public static T Read<T>(HandshakeType type, byte[] body, MessageContext context) where T : HandshakeBody
    {
        var bytes = Framed(type, body);
        var message = HandshakeMessage.Read(bytes, context);
        Assert.That(message.Fault, Is.Null);
        for (var length = 0; length < bytes.Length; length++)
        {
            foreach (var owner in Enum.GetValues<FaultOwner>())
            {
                var cut = HandshakeMessage.Read(bytes.AsMemory(0, length), context, owner);
                _ = cut.Body.Describe(new PlainTokens());
                if (cut.Fault is not { Kind: WireFaultKind.Truncated } fault || fault.Owner != owner)
                    Assert.Fail($"{type} cut at {length} of {bytes.Length}: {cut.Fault}");
            }
        }
        for (var i = HandshakeMessage.HeaderLength; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            foreach (var value in (byte[])[0, 1, 0x80, 0xff])
            {
                changed[i] = value;
                _ = HandshakeMessage.Read(changed, context).Body.Describe(new PlainTokens());
            }
        }
        Assert.That(message.Body, Is.TypeOf<T>());
        Assert.That(HandshakeMessage.Of(type, message.Body, context).Bytes.ToArray(), Is.EqualTo(bytes));
        return (T)message.Body;
    }

    /// <summary>The fault of a message that is not right.</summary>
    public static WireFault Fault(HandshakeType type, byte[] body, MessageContext context)
    {
        var message = HandshakeMessage.Read(Framed(type, body), context);
        _ = message.Body.Describe(new PlainTokens());
        Assert.That(message.Fault, Is.Not.Null);
        return message.Fault;
    }
}
