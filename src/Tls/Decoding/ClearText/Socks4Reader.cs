using System.Buffers.Binary;
using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>SOCKS 4, and 4A with a name in place of an address.</summary>
/// <remarks>
/// SOCKS: a protocol for TCP proxy across firewalls; SOCKS 4A (openssh.com/txt/socks4.protocol, socks4a.protocol).
/// </remarks>
internal sealed class Socks4Reader : IMessageReader
{
    private const int HeaderLength = 8;

    public bool IsText => false;

    // VN = 4, CD = 1 (connect) or 2 (bind), DSTPORT, DSTIP, USERID, NUL
    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (direction != Direction.ClientToServer || bytes[0] != 4) return false;
        return bytes.Length < 2 ? null : bytes[1] is 1 or 2;
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != (direction == Direction.ClientToServer ? 4 : 0)) return IMessageReader.Foreign;
        if (bytes.Length < HeaderLength) return 0;
        if (direction == Direction.ServerToClient) return HeaderLength;
        var user = bytes[HeaderLength..].IndexOf((byte)0);
        if (user < 0) return 0;
        var length = HeaderLength + user + 1;
        if (!HasName(bytes)) return length;
        var name = bytes[length..].IndexOf((byte)0);
        return name < 0 ? 0 : length + name + 1;
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        if (direction == Direction.ServerToClient)
        {
            return message[1] == 90
                ? new("request granted", ClearTextMeaning.TunnelOpen)
                : new($"request rejected ({message[1]})", ClearTextMeaning.TunnelRefused);
        }
        var strings = message[HeaderLength..^1];
        var end = strings.IndexOf((byte)0);
        var user = Printable.Ascii(HasName(message) && end >= 0 ? strings[..end] : strings);
        var host = HasName(message) && end >= 0
            ? Printable.Ascii(strings[(end + 1)..])
            : new IPAddress(message.Slice(4, 4)).ToString();
        var verb = message[1] == 1 ? "connect" : "bind";
        var port = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        return new($"{verb} {host}:{port}{(user.Length > 0 ? $", user {user}" : "")}", ClearTextMeaning.Tunnel);
    }

    // SOCKS 4A: the address 0.0.0.x, with x not 0
    private static bool HasName(ReadOnlySpan<byte> message) => message[4..] is [0, 0, 0, not 0, ..];
}
