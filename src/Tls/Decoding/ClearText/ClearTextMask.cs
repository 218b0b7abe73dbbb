using System.Text;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// Keeps passwords out of what people see. It goes by the form of a client's line and not by the protocol: it must
/// work before that is known.
/// </summary>
internal sealed class ClearTextMask
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Hidden = "***";

    /// <summary>Lines with a secret.</summary>
    /// <param name="Line">How they begin.</param>
    /// <param name="Kept">Words at the front that are no secret.</param>
    /// <param name="IsExchange">True if the next lines of the client may be secrets too.</param>
    /// <param name="IsMechanism">True if the last word that is kept names a mechanism, if it is no secret.</param>
    private readonly record struct Row(
        LinePattern[] Line, int Kept, bool IsExchange = false, bool IsMechanism = false);

    private static readonly Row[] Rows =
    [
        new(LinePattern.All("AUTH TLS", "AUTH TLS-C", "AUTH TLS-P", "AUTH SSL"), 2), // RFC 4217, Section 4
        // RFC 4954, Section 4; RFC 5034, Section 4; RFC 5804, Section 2.1; IRC has it without an RFC
        new(LinePattern.All("AUTH", "AUTHENTICATE"), 2, IsExchange: true, IsMechanism: true),
        // RFC 9051, Section 6.2.2
        new(LinePattern.All("? AUTHENTICATE"), 3, IsExchange: true, IsMechanism: true),
        new(LinePattern.All("? LOGIN"), 3, IsExchange: true), // RFC 9051, Section 6.2.3
        new(LinePattern.All("PASS", "ACCT", "Cookie:"), 1), // RFC 959; RFC 1939, Section 7; RFC 2812; RFC 6265
        new(LinePattern.All("APOP", "OPER", "NS IDENTIFY", "NICKSERV IDENTIFY"), 2), // RFC 1939, Section 7; RFC 2812
        new(LinePattern.All("PRIVMSG NickServ"), 3),
        new(LinePattern.All("AUTHINFO PASS", "AUTHINFO GENERIC"), 2), // RFC 4643, Section 2.3
        // RFC 4643, Section 2.4
        new(LinePattern.All("AUTHINFO SASL"), 3, IsExchange: true, IsMechanism: true),
        // RFC 9110, Section 11.6.2
        new(LinePattern.All("Authorization:", "Proxy-Authorization:"), 2, IsMechanism: true),
    ];

    // Lines of one word that are no answer to a challenge.
    private static readonly LinePattern[] Commands =
        LinePattern.All("QUIT", "STARTTLS", "STLS", "RSET", "NOOP", "CAPA", "DATA", "FEAT", "LIST", "STAT", "*");

    private bool _isExchange;
    private bool _hasLiteral;
    private bool _isLongSecret;

    /// <summary>A line of a client, safe to be shown.</summary>
    /// <param name="line">The line with its end; without one it goes on in the next call.</param>
    public string Line(ReadOnlySpan<byte> line)
    {
        var isWhole = line.EndsWith("\n"u8);
        var text = line.TrimEnd("\r\n"u8);
        var shown = _isLongSecret ? Hidden : Masked(text);
        _isLongSecret = !isWhole && !text.IsEmpty && shown.EndsWith(Hidden, StringComparison.Ordinal);
        return shown;
    }

    private string Masked(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return "";
        if (_hasLiteral || (_isExchange && IsAnswer(text)))
        {
            _hasLiteral = IsLiteralAhead(text);
            return Hidden;
        }
        foreach (ref readonly var row in Rows.AsSpan())
        {
            if (!Matches(row.Line, text)) continue;
            _isExchange = row.IsExchange;
            _hasLiteral = row.IsExchange && IsLiteralAhead(text);
            return Kept(text, row);
        }
        _isExchange = false;
        return Printable.Ascii(text);
    }

    // Base64 has no spaces, commands of one word are few.
    private static bool IsAnswer(ReadOnlySpan<byte> text) => !text.Contains((byte)' ') && !Matches(Commands, text);

    // RFC 9051, Section 4.3: {5}, {5+}
    private static bool IsLiteralAhead(ReadOnlySpan<byte> text) => text is [.., (byte)'}'] && text.Contains((byte)'{');

    private static bool Matches(LinePattern[] patterns, ReadOnlySpan<byte> text)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(text)) return true;
        }
        return false;
    }

    private static string Kept(ReadOnlySpan<byte> text, in Row row)
    {
        var shown = new StringBuilder();
        for (var left = row.Kept; left > 0; left--)
        {
            var word = LinePattern.NextWord(ref text);
            if (word.IsEmpty) return shown.ToString();
            if (shown.Length > 0) shown.Append(' ');
            if (left == 1 && row.IsMechanism && !IsMechanism(word)) return shown.Append(Hidden).ToString();
            shown.Append(Printable.Ascii(word));
        }
        if (!text.Trim(" \t"u8).IsEmpty) shown.Append(' ').Append(Hidden);
        return shown.ToString();
    }

    // RFC 4422, Section 3.1: 20 capitals, digits, hyphens and underscores; HTTP has Basic and Bearer. A secret in base64
    // that stands in its place (IRC) changes from small letters to capitals.
    private static bool IsMechanism(ReadOnlySpan<byte> word)
    {
        word = word.Trim((byte)'"');
        if (word.Length > 20) return false;
        var wasSmall = false;
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'_' or (byte)'+')) return false;
            if (wasSmall && char.IsAsciiLetterUpper((char)letter)) return false;
            wasSmall |= char.IsAsciiLetterLower((char)letter);
        }
        return true;
    }
}
