using System.Buffers.Binary;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// RDP: an X.224 Connection Request that offers protocols of security, and a Confirm that chooses one.
/// </summary>
/// <remarks>TPKT: RFC 1006, Section 6; [MS-RDPBCGR], Sections 2.2.1.1 and 2.2.1.2.</remarks>
internal sealed class RdpReader : IMessageReader
{
    private const int TpktLength = 4;
    private const int X224Length = 7;
    private const int NegotiationLength = 8;
    private const byte ConnectionRequest = 0xe0;
    private const byte ConnectionConfirm = 0xd0;

    // [MS-RDPBCGR], Section 2.2.1.1.1: requestedProtocols
    private static readonly string[] Protocols =
        ["TLS", "CredSSP", "RDSTLS", "CredSSP with early user authorization", "RDS AAD"];

    // [MS-RDPBCGR], Section 2.2.1.2.2: failureCode, from 1
    private static readonly string[] Failures =
    [
        "SSL_REQUIRED_BY_SERVER", "SSL_NOT_ALLOWED_BY_SERVER", "SSL_CERT_NOT_ON_SERVER", "INCONSISTENT_FLAGS",
        "HYBRID_REQUIRED_BY_SERVER", "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER",
    ];

    private bool _asksForTls;

    public bool IsText => false;

    // TPKT: version 3, reserved, length; X.224: length indicator, code
    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 3 || (bytes.Length > 1 && bytes[1] != 0)) return false;
        if (bytes.Length < TpktLength + 2) return null;
        var code = direction == Direction.ClientToServer ? ConnectionRequest : ConnectionConfirm;
        return bytes[5] == code && bytes[4] >= X224Length - 1;
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 3) return IMessageReader.Foreign;
        if (bytes.Length < TpktLength) return 0;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (length < TpktLength + 3) return IMessageReader.Foreign;
        return length <= bytes.Length ? length : 0;
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        var code = message[5];
        var data = message.Length > TpktLength + X224Length ? message[(TpktLength + X224Length)..] : default;
        return code switch
        {
            ConnectionRequest => Request(data),
            ConnectionConfirm => Confirm(data),
            _ => new($"X.224 0x{code:x2}, {message.Length} octets"),
        };
    }

    // An optional routing token or cookie in a line, then RDP_NEG_REQ: type 1, flags, length 8, requestedProtocols.
    private ClearTextMessage Request(ReadOnlySpan<byte> data)
    {
        var end = data.StartsWith("Cookie: "u8) ? data.IndexOf("\r\n"u8) : -1;
        var cookie = end < 0 ? "" : $", {Cookie(data[8..end])}";
        if (end >= 0) data = data[(end + 2)..];
        if (Negotiation(data, out var requested) != 1) return new($"X.224 connection request{cookie}");
        _asksForTls = requested != 0;
        return new(
            $"RDP negotiation request: {Names(requested)}{cookie}",
            _asksForTls ? ClearTextMeaning.StartTls : ClearTextMeaning.None);
    }

    // [MS-RDPBCGR], Section 2.2.1.1: the user's name, or where a load balancer sends the connection.
    private static string Cookie(ReadOnlySpan<byte> cookie) =>
        cookie.StartsWith("mstshash="u8) || cookie.StartsWith("msts="u8)
            ? Printable.Ascii(cookie)
            : ClearTextMask.Hidden;

    // RDP_NEG_RSP has type 2 and selectedProtocol, RDP_NEG_FAILURE type 3 and failureCode.
    private ClearTextMessage Confirm(ReadOnlySpan<byte> data)
    {
        var refusal = _asksForTls ? ClearTextMeaning.Refusal : ClearTextMeaning.None;
        return Negotiation(data, out var value) switch
        {
            2 => new($"RDP negotiation response: {Names(value)}", value == 0 ? refusal : ClearTextMeaning.GoAhead),
            3 => new($"RDP negotiation failure: {Failure(value)}", refusal),
            _ => new("X.224 connection confirm", refusal),
        };
    }

    private static int Negotiation(ReadOnlySpan<byte> data, out uint value)
    {
        value = 0;
        if (data.Length < NegotiationLength) return 0;
        value = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        return data[0];
    }

    private static string Names(uint protocols)
    {
        if (protocols == 0) return "standard RDP security";
        var names = Protocols.Where((_, bit) => (protocols & (1u << bit)) != 0).ToList();
        var unknown = protocols >> Protocols.Length << Protocols.Length;
        if (unknown != 0) names.Add($"0x{unknown:x}");
        return string.Join(", ", names);
    }

    private static string Failure(uint code) =>
        code > 0 && code <= Failures.Length ? Failures[code - 1] : $"0x{code:x}";
}
