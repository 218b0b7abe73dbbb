using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>A protocol of lines: the client asks for TLS in one, the server answers in another.</summary>
internal sealed class LineReader(StartTlsLines lines, ClearTextMask mask) : IMessageReader
{
    /// <summary>First word of the request: what IMAP calls a tag. Null: no answer is awaited.</summary>
    private byte[]? _request;

    public bool IsText => true;

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOf((byte)'\n') + 1;
        var isForeign = lines == StartTlsLines.None && OpaqueOctets.Has(length > 0 ? bytes[..length] : bytes);
        return isForeign ? IMessageReader.Foreign : length;
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        // What stands in content means nothing.
        if (mask.Line(direction, message) is not { } shown) return ClearTextMessage.OfContent;
        var line = message.TrimEnd("\r\n"u8);
        return new(shown, direction == Direction.ClientToServer ? Said(line) : Answered(line));
    }

    public void Gap(Direction direction) => mask.Gap(direction);

    private ClearTextMeaning Said(ReadOnlySpan<byte> line)
    {
        if (Any(lines.Goodbye, line)) return ClearTextMeaning.Goodbye;
        if (!Any(lines.Request, line)) return ClearTextMeaning.None;
        _request = LinePattern.NextWord(ref line).ToArray();
        return ClearTextMeaning.StartTls;
    }

    private ClearTextMeaning Answered(ReadOnlySpan<byte> line)
    {
        if (_request is null) return ClearTextMeaning.None;
        var meaning = Any(lines.GoAhead, line) ? ClearTextMeaning.GoAhead
            : Any(lines.Refusal, line) ? ClearTextMeaning.Refusal
            : ClearTextMeaning.None;
        if (meaning != ClearTextMeaning.None) _request = null;
        return meaning;
    }

    private bool Any(LinePattern[] patterns, ReadOnlySpan<byte> line) => LinePattern.Any(patterns, line, _request);
}
