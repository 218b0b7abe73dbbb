using System.Buffers.Binary;
using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>PostgreSQL: the client asks by an SSLRequest, the server answers by one octet.</summary>
/// <remarks>PostgreSQL Documentation, Frontend/Backend Protocol: Message Flow and Message Formats.</remarks>
internal sealed class PostgreSqlReader : IMessageReader
{
    private const int CancelRequest = 80877102;
    private const int SslRequest = 80877103;
    private const int GssEncRequest = 80877104;
    private const int StartupVersion3 = 3 << 16;

    // "options" are those of a command line: anything may be among them.
    private static readonly HashSet<string> Shown =
        ["user", "database", "application_name", "client_encoding", "replication"];

    private bool _hasStarted;
    private int _asked;

    public bool IsText => false;

    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (direction != Direction.ClientToServer || bytes[0] != 0) return false;
        if (bytes.Length < 8) return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[4..]) switch
        {
            SslRequest or GssEncRequest => length == 8,
            CancelRequest => length == 16,
            StartupVersion3 => length is >= 9 and <= 10_000,
            _ => false,
        };
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        var isClient = direction == Direction.ClientToServer;
        if (!isClient && _asked != 0 && bytes[0] is (byte)'S' or (byte)'N' or (byte)'G') return 1;
        var prefix = isClient && !_hasStarted ? 0 : 1;
        if (bytes.Length < prefix + 4) return 0;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[prefix..]);
        if (length < 4 || length > 1 << 30) return IMessageReader.Foreign;
        return length + prefix <= bytes.Length ? length + prefix : length > 16 << 10 ? IMessageReader.Foreign : 0;
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        if (direction == Direction.ServerToClient) return Answer(message);
        if (_hasStarted) return Typed(direction, message);
        if (message.Length < 8) return new($"message of {message.Length} octets");
        switch (BinaryPrimitives.ReadInt32BigEndian(message[4..]))
        {
            case SslRequest:
                _asked = SslRequest;
                return new("SSLRequest", ClearTextMeaning.StartTls);
            case GssEncRequest:
                _asked = GssEncRequest;
                return new("GSSENCRequest");
            case CancelRequest:
                return new("CancelRequest");
            default:
                _hasStarted = true;
                return new($"StartupMessage{Parameters(message[8..])}");
        }
    }

    private ClearTextMessage Answer(ReadOnlySpan<byte> message)
    {
        var asked = _asked;
        _asked = 0;
        if (asked == 0) return Typed(Direction.ServerToClient, message);
        var isAgreed = message is [(byte)'S'] or [(byte)'G'];
        var text = message.Length == 1
            ? $"{(char)message[0]}: {(isAgreed ? "willing to encrypt" : "unwilling to encrypt")}"
            : Typed(Direction.ServerToClient, message).Text;
        if (asked != SslRequest) return new(text);
        return new(text, isAgreed ? ClearTextMeaning.GoAhead : ClearTextMeaning.Refusal);
    }

    // A type of one octet, a length, and content.
    private static ClearTextMessage Typed(Direction direction, ReadOnlySpan<byte> message) =>
        ((char)message[0], direction) switch
        {
            ('p', Direction.ClientToServer) => new($"password message {ClearTextMask.Hidden}"),
            ('X', Direction.ClientToServer) => new("Terminate", ClearTextMeaning.Goodbye),
            ('E', Direction.ServerToClient) => new($"ErrorResponse{ErrorText(message[5..])}"),
            ('R', Direction.ServerToClient) => new("authentication message"),
            ('Z', Direction.ServerToClient) => new("ReadyForQuery"),
            _ => new($"message {Printable.Ascii(message[..1])}, {message.Length} octets"),
        };

    // Fields of one octet of type and a string each; M is what people read.
    private static string ErrorText(ReadOnlySpan<byte> fields)
    {
        while (fields.Length > 1 && fields[1..].IndexOf((byte)0) is var length and >= 0)
        {
            if (fields[0] == (byte)'M') return $": {Printable.Ascii(fields.Slice(1, length))}";
            fields = fields[(length + 2)..];
        }
        return "";
    }

    // Names and values, each ended by a zero.
    private static string Parameters(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (Next(ref bytes) is { Length: > 0 } name)
        {
            var value = Next(ref bytes);
            text.Append(", ").Append(name).Append(' ').Append(Shown.Contains(name) ? value : ClearTextMask.Hidden);
        }
        return text.ToString();
    }

    private static string Next(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        if (end < 0) return "";
        var text = Printable.Ascii(bytes[..end]);
        bytes = bytes[(end + 1)..];
        return text;
    }
}
