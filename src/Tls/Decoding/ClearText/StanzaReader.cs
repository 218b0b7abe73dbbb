using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// The stanzas of XMPP: XML without lines. Those of a stream are one below its root, which stays open.
/// </summary>
/// <remarks>RFC 6120, Sections 4.2 and 5.4.</remarks>
internal sealed class StanzaReader : IMessageReader
{
    private readonly StanzaScan _client = new();
    private readonly StanzaScan _server = new();
    private readonly StanzaMask _clientMask = new();
    private readonly StanzaMask _serverMask = new();

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
        var text = (direction == Direction.ClientToServer ? _clientMask : _serverMask).Shown(message);
        return new(text, Meaning(direction, message.TrimStart(" \t\r\n"u8)));
    }

    public void Gap(Direction direction)
    {
        Of(direction).Restart();
        (direction == Direction.ClientToServer ? _clientMask : _serverMask).Gap();
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
}
