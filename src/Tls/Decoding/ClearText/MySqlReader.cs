using System.Buffers.Binary;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>MySQL and MariaDB: the server greets, the client answers by an SSLRequest or by a login.</summary>
/// <remarks>MySQL Source Code Documentation, Connection Phase Packets.</remarks>
internal sealed class MySqlReader : IMessageReader
{
    private const int HeaderLength = 4;
    private const int MostOctets = 16 << 10;
    private const byte ProtocolVersion10 = 10;
    private const byte Error = 0xff;
    private const ushort ClientProtocol41 = 0x0200;
    private const ushort ClientSsl = 0x0800;

    private bool _hasGreeted;
    private bool _hasAnswered;

    public bool IsText => false;

    // int<3> payload_length, int<1> sequence_id = 0, int<1> protocol version = 10, string<NUL> server version
    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (direction != Direction.ServerToClient) return false;
        if (bytes.Length > 1 && bytes[1] > 3) return false;
        if (bytes.Length > 2 && bytes[2] != 0) return false;
        if (bytes.Length > 3 && bytes[3] != 0) return false;
        if (bytes.Length < 6) return null;
        return bytes[4] == ProtocolVersion10 ? bytes[5] is >= (byte)'0' and <= (byte)'9' : IsError(bytes);
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength) return 0;
        var length = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
        if (length > MostOctets) return IMessageReader.Foreign;
        return HeaderLength + length <= bytes.Length ? HeaderLength + length : 0;
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        var payload = message[HeaderLength..];
        if (direction == Direction.ServerToClient && !_hasGreeted)
        {
            _hasGreeted = true;
            return Greeting(payload);
        }
        if (direction == Direction.ServerToClient && payload is [Error, _, _, ..]) return new(ErrorText(payload));
        if (direction == Direction.ClientToServer && !_hasAnswered && payload.Length >= 2)
        {
            _hasAnswered = true;
            return Response(payload);
        }
        if (direction == Direction.ClientToServer && payload is [1]) return new("COM_QUIT", ClearTextMeaning.Goodbye);
        return new($"packet of {payload.Length} octets");
    }

    // The version ends with a zero; the capabilities' lower half comes behind it, the thread id (4), the first part of
    // the challenge (8) and a filler (1).
    private static ClearTextMessage Greeting(ReadOnlySpan<byte> payload)
    {
        if (payload is [Error, _, _, ..]) return new(ErrorText(payload), ClearTextMeaning.Refusal);
        var end = payload.IndexOf((byte)0);
        if (end < 1) return new($"greeting of {payload.Length} octets");
        var version = Printable.Ascii(payload[1..end]);
        var capabilities = payload[(end + 1)..];
        var hasTls = capabilities.Length >= 15
            && (BinaryPrimitives.ReadUInt16LittleEndian(capabilities[13..]) & ClientSsl) != 0;
        return hasTls
            ? new($"greeting {version}, CLIENT_SSL", ClearTextMeaning.GoAhead)
            : new($"greeting {version}, without CLIENT_SSL");
    }

    // int<4> client_flag, int<4> max_packet_size, int<1> character set, 23 zeros; a login goes on with the user's name.
    private static ClearTextMessage Response(ReadOnlySpan<byte> payload)
    {
        const int CommonLength = 32;
        if ((BinaryPrimitives.ReadUInt16LittleEndian(payload) & ClientSsl) != 0 && payload.Length <= CommonLength)
            return new("SSLRequest", ClearTextMeaning.StartTls);
        if (payload.Length <= CommonLength) return new($"login of {payload.Length} octets");
        var user = payload[CommonLength..];
        var end = user.IndexOf((byte)0);
        // Before 4.1 the name stands further in front, and its password behind it.
        var isKnown = end >= 0 && (BinaryPrimitives.ReadUInt16LittleEndian(payload) & ClientProtocol41) != 0;
        var name = isKnown ? $"user {Printable.Ascii(user[..end])}, " : "";
        return new($"login, {name}password {ClearTextMask.Hidden}");
    }

    // An error code and a message; a greeting has no SQL state before it yet.
    private static string ErrorText(ReadOnlySpan<byte> payload) =>
        $"error {BinaryPrimitives.ReadUInt16LittleEndian(payload[1..])}: {Printable.Ascii(payload[3..])}";

    private static bool IsError(ReadOnlySpan<byte> bytes) => bytes[4] == Error && bytes.Length >= 7 && bytes[6] == 4;
}
