using System.Buffers.Binary;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Records;

/// <summary>Joins the content of handshake records of one direction into messages, however they were split.</summary>
/// <remarks>
/// RFC 8446, Section 5.1: several messages in a record, a message over several records. It keeps one message at most;
/// only a message over several records is copied.
/// </remarks>
public sealed class HandshakeJoiner
{
    private readonly OctetStream _octets = new();

    /// <summary>True if a message has begun and is not complete.</summary>
    public bool IsInside => _octets.Count > 0;

    /// <summary>An honest message that is longer than its record: a chain, a list of authorities, a ticket.</summary>
    private const int LongestUsual = 1 << 18;

    /// <summary>True if a record that begins so may hold handshake messages in the clear.</summary>
    public static bool LooksLikeMessage(ReadOnlySpan<byte> content)
    {
        // The explicit nonce of a first record is often all zeros, which reads as HelloRequest twice.
        while (content.StartsWith("\0\0\0\0"u8)) content = content[HandshakeMessage.HeaderLength..];
        if (content.Length < HandshakeMessage.HeaderLength) return true; // no MAC is so short
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(content) & 0xffffff);
        var type = new HandshakeType(content[0]);
        return type.IsKnown && type != HandshakeType.HelloRequest && length <= LongestUsual;
    }

    /// <summary>
    /// True if a record that begins so holds a ClientHello: of ciphertext one in a thousand million does.
    /// </summary>
    public static bool IsClientHello(ReadOnlySpan<byte> content) =>
        content is [1, 0, _, _, 3, <= 3, ..]
        && (content[2] << 8 | content[3]) >= content.Length - HandshakeMessage.HeaderLength;

    /// <summary>The plain content of the next handshake record. It may not be changed later.</summary>
    public void Add(ReadOnlyMemory<byte> content) => _octets.Adopt(content);

    /// <summary>The bytes of the next complete message with its header, or null.</summary>
    public ReadOnlyMemory<byte>? Next()
    {
        var window = _octets.Window;
        if (window.Length < HandshakeMessage.HeaderLength) return null;

        // uint24 length, behind msg_type
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(window.Span) & 0xffffff)
            + HandshakeMessage.HeaderLength;
        if (length > window.Length) return null;

        _octets.Consume(length);
        return window[..length];
    }

    /// <summary>What there is of a message that can't be completed; null if there is none.</summary>
    public ReadOnlyMemory<byte>? TakeRest()
    {
        if (!IsInside) return null;
        var rest = _octets.Window;
        _octets.Clear();
        return rest;
    }
}
