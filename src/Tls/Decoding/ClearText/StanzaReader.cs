using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>The stanzas of XMPP: XML without lines. Those of a stream are one below its root, which stays open.</summary>
/// <remarks>RFC 6120, Sections 4.2 and 5.4.</remarks>
internal sealed partial class StanzaReader : IMessageReader
{
    private readonly StanzaScan _client = new();
    private readonly StanzaScan _server = new();

    public bool IsText => true;

    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimStart(" \t\r\n"u8);
        return StartsWith(bytes, "<?xml"u8) switch
        {
            false => StartsWith(bytes, "<stream:stream"u8),
            var isXml => isXml,
        };
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes) => Of(direction).Length(bytes);

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        Of(direction).Restart();
        var text = Secret().Replace(Printable.Ascii(message.Trim(" \t\r\n"u8)), $"$1{ClearTextMask.Hidden}");
        return new(text, Meaning(direction, message.TrimStart(" \t\r\n"u8)));
    }

    private static ClearTextMeaning Meaning(Direction direction, ReadOnlySpan<byte> stanza) => direction switch
    {
        _ when stanza.StartsWith("</stream:stream"u8) => ClearTextMeaning.Goodbye,
        Direction.ClientToServer when stanza.StartsWith("<starttls"u8) => ClearTextMeaning.StartTls,
        Direction.ServerToClient when stanza.StartsWith("<proceed"u8) => ClearTextMeaning.GoAhead,
        Direction.ServerToClient when stanza.StartsWith("<failure"u8) && LinePattern.Contains(stanza, "xmpp-tls"u8) =>
            ClearTextMeaning.Refusal,
        _ => ClearTextMeaning.None,
    };

    private static bool? StartsWith(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> start) =>
        bytes.Length >= start.Length ? bytes.StartsWith(start) : start.StartsWith(bytes) ? null : false;

    private StanzaScan Of(Direction direction) => direction == Direction.ClientToServer ? _client : _server;

    // RFC 6120, Section 6.4; the password of XEP-0078
    [GeneratedRegex("(<(?:auth|response|initial-response|password|digest)\\b[^>]*>)[^<]+", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
