using System.Buffers.Binary;
using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>SOCKS 5: methods, user and password where the proxy wants them, one request.</summary>
internal sealed class Socks5Reader : IMessageReader
{
    private bool _hasGreeted;
    private bool _hasChosen;
    private byte _method;

    public bool IsText => false;

    // RFC 1928, Section 3: VER = 5, NMETHODS, METHODS; a client knows few.
    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (direction != Direction.ClientToServer || bytes[0] != 5) return false;
        return bytes.Length < 2 ? null : bytes[1] is > 0 and <= 16;
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        var isClient = direction == Direction.ClientToServer;
        var length = bytes[0] switch
        {
            1 => isClient ? CredentialsLength(bytes) : 2,
            5 when !(isClient ? _hasGreeted : _hasChosen) => isClient ? MethodsLength(bytes) : 2,
            5 => RequestLength(bytes),
            _ => IMessageReader.Foreign,
        };
        return length <= bytes.Length ? length : 0;
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message) => direction switch
    {
        Direction.ClientToServer when message[0] == 1 => Credentials(message),
        Direction.ClientToServer when !_hasGreeted => Methods(message),
        Direction.ClientToServer =>
            new($"{Name(message[1], "connect", "bind", "udp associate")} {Address(message)}", ClearTextMeaning.Tunnel),
        _ when message[0] == 1 => new(message[1] == 0 ? "authenticated" : "not authenticated"),
        _ when !_hasChosen => Chosen(message[1]),
        _ => message[1] == 0
            ? new($"succeeded, bound to {Address(message)}", ClearTextMeaning.TunnelOpen)
            : new(Failure(message[1]), ClearTextMeaning.TunnelRefused),
    };

    private static int MethodsLength(ReadOnlySpan<byte> bytes) => bytes.Length < 2 ? 2 : 2 + bytes[1];

    // RFC 1929, Section 2: VER = 1, ULEN, UNAME, PLEN, PASSWD
    private static int CredentialsLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return 2;
        var passwordAt = 2 + bytes[1];
        return bytes.Length <= passwordAt ? passwordAt + 1 : passwordAt + 1 + bytes[passwordAt];
    }

    // RFC 1928, Sections 4 to 6: VER, CMD or REP, RSV, ATYP, ADDR, PORT
    private static int RequestLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 5) return 5;
        return bytes[3] switch { 1 => 10, 3 => 7 + bytes[4], 4 => 22, _ => IMessageReader.Foreign };
    }

    private ClearTextMessage Methods(ReadOnlySpan<byte> message)
    {
        _hasGreeted = true;
        return new($"methods: {string.Join(", ", message[2..].ToArray().Select(Method))}");
    }

    private ClearTextMessage Chosen(byte method)
    {
        (_hasChosen, _method) = (true, method);
        return method == 0xff
            ? new("no acceptable method", ClearTextMeaning.TunnelRefused)
            : new($"method: {Method(method)}");
    }

    // Another method has other messages (RFC 1961): a token has no user in front.
    private ClearTextMessage Credentials(ReadOnlySpan<byte> message) => _method != 2
        ? new($"credentials {ClearTextMask.Hidden}")
        : new($"user {Printable.Ascii(message.Slice(2, message[1]))}, password {ClearTextMask.Hidden}");

    private static string Method(byte method) => Name(method, "GSSAPI", "user and password") switch
    {
        _ when method == 0 => "none",
        var name => name,
    };

    // RFC 1928, Section 6
    private static string Failure(byte reply) => Name(
        reply, "general failure", "connection not allowed", "network unreachable", "host unreachable",
        "connection refused", "TTL expired", "command not supported", "address type not supported");

    private static string Name(byte code, params ReadOnlySpan<string> names) =>
        code > 0 && code <= names.Length ? names[code - 1] : $"0x{code:x2}";

    private static string Address(ReadOnlySpan<byte> message)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(message[^2..]);
        return message[3] == 3
            ? $"{Printable.Ascii(message[5..^2])}:{port}"
            : new IPEndPoint(new IPAddress(message[4..^2]), port).ToString();
    }
}
