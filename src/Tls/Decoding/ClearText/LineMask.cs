using System.Buffers.Text;
using System.Text;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>The lines of one end without their secrets.</summary>
internal sealed class LineMask(bool isClient)
{
    // What begins so is a command or an answer, and not the rest of a letter or a secret.
    private static readonly LinePattern[] Known = LinePattern.All(
        "EHLO", "HELO", "LHLO", "MAIL FROM:*", "RCPT TO:*", "QUIT", "STARTTLS", "STLS", "RSET", "NOOP", "CAPA", "DATA",
        "FEAT", "LIST", "STAT", "CAPABILITIES", "AUTH TLS", "AUTH SSL", "? STARTTLS", "? CAPABILITY", "? LOGOUT", "*");

    private static readonly LinePattern[] KnownAnswers = LinePattern.All(
        "220", "221", "234", "250", "382", "4*", "5*", "* OK", "* BYE", "+OK", "-ERR", "? OK", "? NO", "? BAD", "OK",
        "NO", "BYE", "? 670", "? 691");

    private static readonly LinePattern[] Chunk = LinePattern.All("BDAT ?");

    private SecretLine.Following _next;
    private bool _isContent;
    private int _contentsAhead;

    /// <summary>Octets of a literal or chunk that are still to come.</summary>
    private long _literal;

    /// <summary>True if what stands behind them belongs to the same command.</summary>
    private bool _hasRest;
    private bool _isBehindLiteral;
    private bool _goesOn;
    private bool _isLost;

    /// <summary>The line, safe to be shown; null if it is content.</summary>
    public string? Line(ReadOnlySpan<byte> line)
    {
        var isWhole = line.EndsWith("\n"u8);
        var text = line.TrimEnd("\r\n"u8);
        var isRest = _goesOn;
        _goesOn = !isWhole;
        if (_isLost) return isRest || !isWhole ? null : Front(text);
        if (_literal > 0 || _isBehindLiteral) return Literal(line, text, isWhole);
        if (!_isContent && !isRest) return Masked(text);
        // RFC 5321, Section 4.5.2
        if (!isRest && isWhole && text is [(byte)'.']) _isContent = false;
        return null;
    }

    /// <summary>Octets of either end are missing: from now on only the front of well-known lines is shown.</summary>
    public void Lose(bool isOwn) => (_isLost, _goesOn) = (true, _goesOn && !isOwn);

    /// <summary>The next line is a secret, whatever it looks like.</summary>
    public void ExpectSecret() => _next = SecretLine.Following.Secret;

    /// <summary>Content comes behind the next answer.</summary>
    public void ExpectContent() => _contentsAhead++;

    /// <summary>What comes is content, up to a full stop.</summary>
    public void BeginContent() => _isContent = true;

    /// <summary>There is no content, although it was announced.</summary>
    public void EndContent() => _isContent = false;

    // The first two words of a line that is known; null for any other.
    private string? Front(ReadOnlySpan<byte> text)
    {
        if (!LinePattern.Any(isClient ? Known : KnownAnswers, text)) return null;
        var rest = text;
        _ = LinePattern.NextWord(ref rest);
        _ = LinePattern.NextWord(ref rest);
        var front = SecretWords.Shown(text[..^rest.Length], isClient);
        return rest.Trim(" \t"u8).IsEmpty ? front : $"{front} {ClearTextMask.Hidden}";
    }

    private string? Literal(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text, bool isWhole)
    {
        if (line.Length <= _literal)
        {
            _literal -= line.Length;
            _isBehindLiteral = _hasRest;
            return null;
        }
        var rest = text[(int)Math.Min(_literal, text.Length)..];
        var ahead = isWhole ? LiteralAhead(rest) : null;
        _literal = ahead ?? 0;
        _isBehindLiteral = ahead is not null || !isWhole;
        return rest.IsEmpty ? null : ClearTextMask.Hidden;
    }

    private string Masked(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return "";
        var next = _next;
        _next = SecretLine.Following.Anything;
        var ahead = LiteralAhead(text);
        _literal = ahead ?? 0;
        _hasRest = text is [.., (byte)'}'];
        _isBehindLiteral = ahead == 0 && _hasRest;
        if (next == SecretLine.Following.Secret) return ClearTextMask.Hidden;
        if (next == SecretLine.Following.Answers && IsAnswer(text))
        {
            _next = next;
            return ClearTextMask.Hidden;
        }
        if (isClient && ContentCommands.IsFollowedByContent(text)) _isContent = true;
        if (_contentsAhead > 0 && ContentCommands.IsAnswer(text))
            (_contentsAhead, _isContent) = (_contentsAhead - 1, true);
        if (SecretLines.Of(text) is not { } row)
            return isClient && IsAnswer(text) && SecretWords.MayBeSecret(text) ? ClearTextMask.Hidden
                : SecretWords.Shown(text, isClient);
        if (isClient) _next = row.Next;
        return Kept(text, row);
    }

    // Base64 has no spaces, commands of one word are few.
    private static bool IsAnswer(ReadOnlySpan<byte> text) => !text.Contains((byte)' ') && !LinePattern.Any(Known, text);

    // RFC 9051, Section 4.3: {5}, {5+}; RFC 3030, Section 2: BDAT 5, BDAT 5 LAST
    private static long? LiteralAhead(ReadOnlySpan<byte> text)
    {
        if (LinePattern.Any(Chunk, text))
        {
            _ = LinePattern.NextWord(ref text);
            return Utf8Parser.TryParse(LinePattern.NextWord(ref text), out uint size, out _) ? size : null;
        }
        if (text is not [.. var front, (byte)'}']) return null;
        var digits = front[(front.LastIndexOf((byte)'{') + 1)..];
        return digits.Length < front.Length && Utf8Parser.TryParse(digits, out uint octets, out var read)
            && (read == digits.Length || digits[read..] is [(byte)'+']) ? octets : null;
    }

    private static string Kept(ReadOnlySpan<byte> text, SecretLine row)
    {
        var shown = new StringBuilder();
        for (var left = row.Kept; left > 0; left--)
        {
            var word = LinePattern.NextWord(ref text);
            if (word.IsEmpty) return shown.ToString();
            if (shown.Length > 0) shown.Append(' ');
            if (left == 1 && row.IsMechanism && !Mechanisms.Contains(word))
                return shown.Append(ClearTextMask.Hidden).ToString();
            shown.Append(Printable.Ascii(word));
        }
        if (!text.Trim(" \t"u8).IsEmpty) shown.Append(' ').Append(ClearTextMask.Hidden);
        return shown.ToString();
    }
}
