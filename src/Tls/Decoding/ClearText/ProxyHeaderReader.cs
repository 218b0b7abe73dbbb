using System.Buffers.Binary;
using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>The header that a load balancer puts before the client's octets, to tell where they come from.</summary>
/// <remarks>The PROXY protocol, Sections 2.1 and 2.2 (haproxy.org, doc/proxy-protocol.txt).</remarks>
internal sealed class ProxyHeaderReader : IMessageReader
{
    private const int HeaderLength = 16;

    private static ReadOnlySpan<byte> Version1 => "PROXY "u8;

    private static ReadOnlySpan<byte> Version2 => "\r\n\r\n\0\r\nQUIT\n"u8;

    public bool IsText => false;

    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (direction != Direction.ClientToServer) return false;
        if (bytes.StartsWith(Version1) || bytes.StartsWith(Version2)) return true;
        return Version1.StartsWith(bytes) || Version2.StartsWith(bytes) ? null : false;
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Version1)) return bytes.IndexOf((byte)'\n') + 1;
        if (!bytes.StartsWith(Version2)) return IMessageReader.Foreign;
        return bytes.Length < HeaderLength
            ? 0
            : Whole(HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]), bytes);
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message) => new(
        message.StartsWith(Version1) ? Printable.Ascii(message.TrimEnd("\r\n"u8)) : Describe(message[12..]),
        ClearTextMeaning.TunnelOpen);

    private static int Whole(int length, ReadOnlySpan<byte> bytes) => length <= bytes.Length ? length : 0;

    // struct { uint8 ver_cmd; uint8 fam; uint16 len; addresses } of Section 2.2; family 1 is IPv4, 2 is IPv6.
    private static string Describe(ReadOnlySpan<byte> header)
    {
        if ((header[0] & 0x0f) == 0) return "PROXY version 2, local";
        var size = (header[1] >> 4) switch { 1 => 4, 2 => 16, _ => 0 };
        var addresses = header[4..];
        if (size == 0 || addresses.Length < (2 * size) + 4) return "PROXY version 2, other addresses";
        var source = new IPAddress(addresses[..size]);
        var destination = new IPAddress(addresses.Slice(size, size));
        var ports = addresses[(2 * size)..];
        return $"PROXY version 2, {new IPEndPoint(source, BinaryPrimitives.ReadUInt16BigEndian(ports))}"
            + $" to {new IPEndPoint(destination, BinaryPrimitives.ReadUInt16BigEndian(ports[2..]))}";
    }
}
