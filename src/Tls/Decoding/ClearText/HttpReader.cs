using System.Buffers.Text;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// Requests and answers of HTTP/1.1 by line; one of them may open a tunnel or turn the connection to TLS.
/// </summary>
/// <remarks>
/// RFC 9112, Section 2.1; CONNECT: RFC 9110, Section 9.3.6; Upgrade to TLS: RFC 2817, Sections 3 and 4.
/// </remarks>
internal sealed class HttpReader : IMessageReader
{
    private static readonly LinePattern[] Connect = LinePattern.All("CONNECT ? HTTP/*");
    private static readonly LinePattern[] Request = LinePattern.All("? ? HTTP/*");
    private static readonly LinePattern[] Answer = LinePattern.All("HTTP/*");
    private static readonly LinePattern[] Success = LinePattern.All("HTTP/* 2*");
    private static readonly LinePattern[] Switching = LinePattern.All("HTTP/* 101");
    private static readonly LinePattern[] UpgradeToTls = LinePattern.All("Upgrade: TLS*");
    private static readonly LinePattern[] ContentLength = LinePattern.All("Content-Length: ?");

    private readonly Side _client = new();
    private readonly Side _server = new();

    /// <summary>What the last whole request asks for.</summary>
    private ClearTextMeaning _asked;

    public bool IsText => true;

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        var side = direction == Direction.ClientToServer ? _client : _server;
        var length = bytes.IndexOf((byte)'\n') + 1;
        if (side.Content == 0) return length;
        var isAnything = OpaqueOctets.Has(length > 0 ? bytes[..length] : bytes);
        if (side.Content is not { } content) return isAnything ? IMessageReader.Foreign : length;
        var rest = (int)Math.Min(bytes.Length, content);
        return isAnything || (length == 0 && rest == content) ? rest : Math.Min(length, rest);
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        var isClient = direction == Direction.ClientToServer;
        var side = isClient ? _client : _server;
        var line = message.TrimEnd("\r\n"u8);
        var isRest = side.GoesOn;
        if (!isRest && !side.IsHead && Matches(isClient ? Request : Answer, line)) side.Begin();
        side.GoesOn = side.IsHead && !message.EndsWith("\n"u8);
        if (isRest) return ClearTextMessage.OfContent;
        if (!side.IsHead)
        {
            side.Content -= Math.Min(message.Length, side.Content ?? 0);
            return !isClient && WrongPort.In(line) is { } sentence ? new(sentence) : ClearTextMessage.OfContent;
        }
        if (line.IsEmpty) return new("", isClient ? Asked() : Answered());
        if (isClient && Matches(Connect, line)) side.Meaning = ClearTextMeaning.Tunnel;
        if (isClient && Matches(UpgradeToTls, line)) side.Meaning = ClearTextMeaning.StartTls;
        if (!isClient && Matches(Answer, line)) side.Meaning = Meaning(line);
        if (Matches(ContentLength, line)) side.ReadContentLength(line);
        return new(side.Lines++ == 0 ? HttpHead.FirstLine(line) : HttpHead.Field(line));
    }

    public void Gap(Direction direction)
    {
        var side = direction == Direction.ClientToServer ? _client : _server;
        side.GoesOn = side.IsHead;
    }

    // The blank line behind a request, RFC 9112, Section 2.1
    private ClearTextMeaning Asked()
    {
        _client.End(mayHaveContent: false);
        return _asked = _client.Meaning;
    }

    // The blank line behind an answer; one in 1xx is followed by another (RFC 9110, Section 15.2).
    private ClearTextMeaning Answered()
    {
        _server.End(mayHaveContent: true);
        var meaning = _server.Meaning;
        if (meaning != ClearTextMeaning.None) _asked = ClearTextMeaning.None;
        return meaning;
    }

    private ClearTextMeaning Meaning(ReadOnlySpan<byte> status) => _asked switch
    {
        ClearTextMeaning.Tunnel =>
            Matches(Success, status) ? ClearTextMeaning.TunnelOpen : ClearTextMeaning.TunnelRefused,
        ClearTextMeaning.StartTls =>
            Matches(Switching, status) ? ClearTextMeaning.GoAhead : ClearTextMeaning.Refusal,
        _ => ClearTextMeaning.None,
    };

    private static bool Matches(LinePattern[] patterns, ReadOnlySpan<byte> line) => patterns[0].Matches(line);

    private sealed class Side
    {
        private long? _announced;

        public bool IsHead { get; private set; }

        /// <summary>True if the last part was no whole line, or what came behind it is missing.</summary>
        public bool GoesOn { get; set; }

        /// <summary>Lines of the head that were read.</summary>
        public int Lines { get; set; }

        /// <summary>Octets of content that are still to come; null: nobody said how many.</summary>
        public long? Content { get; set; } = 0;

        public ClearTextMeaning Meaning { get; set; }

        public void Begin()
        {
            (IsHead, Meaning, Content, _announced, Lines) = (true, ClearTextMeaning.None, 0, null, 0);
        }

        public void ReadContentLength(ReadOnlySpan<byte> line)
        {
            _ = LinePattern.NextWord(ref line);
            var value = LinePattern.NextWord(ref line);
            if (Utf8Parser.TryParse(value, out long length, out _) && length >= 0) _announced = length;
        }

        // RFC 9112, Section 6.3: a request without a length has no content, an answer goes on until the end.
        public void End(bool mayHaveContent)
        {
            IsHead = false;
            Content = _announced ?? (mayHaveContent ? null : 0);
        }
    }
}
