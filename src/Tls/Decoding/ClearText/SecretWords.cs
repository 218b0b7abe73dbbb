using System.Buffers;
using System.Text;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Secrets in lines of no known form: behind words that announce them, or words that look like one.</summary>
internal static class SecretWords
{
    private const int ShortestToken = 16;
    private const int ShortestHexToken = 32;
    private const int ShortestAnswer = 8;

    // Anywhere in a word.
    private static readonly byte[][] Announcing =
    [
        .. ((string[])
        [
            "pass", "pwd", "secret", "token", "cookie", "session", "credential", "apikey", "api-key", "api_key",
            "bearer", "signature", "private",
        ]).Select(Encoding.ASCII.GetBytes),
    ];

    // RFC 4648, Sections 4 and 5
    private static readonly SearchValues<byte> Base64Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF-"u8);

    // As a whole word of a client; servers have them in the lists of what they can do.
    private static readonly LinePattern[] AnnouncingOfClients = LinePattern.All("auth", "login", "key");

    /// <summary>The line as ASCII, with <see cref="ClearTextMask.Hidden"/> in place of what may be a secret.</summary>
    public static string Shown(ReadOnlySpan<byte> line, bool isClient)
    {
        if (isClient && IsForm(line)) return ClearTextMask.Hidden;
        var shown = new StringBuilder(line.Length);
        while (!line.IsEmpty)
        {
            var length = line.IndexOfAny(" \t"u8);
            var word = length < 0 ? line : line[..length];
            var isTarget = HttpTarget.Is(word);
            if (!isTarget && AnnouncementEnd(line, word.Length, isClient) is var end and > 0)
            {
                return shown.Append(Printable.Ascii(line[..end])).Append((char)line[end]).Append(ClearTextMask.Hidden)
                    .ToString();
            }
            if (isTarget) shown.Append(HttpTarget.Shown(word));
            else AppendWord(shown, word);
            if (length >= 0) shown.Append((char)line[length] == '\t' ? "\\x09" : " ");
            line = length < 0 ? default : line[(length + 1)..];
        }
        return shown.ToString();
    }

    /// <summary>True for one word that a client may have answered a challenge with.</summary>
    public static bool MayBeSecret(ReadOnlySpan<byte> word)
    {
        if (word.Length < ShortestAnswer || !IsBase64(word.TrimEnd((byte)'='))) return false;
        return word[^1] == (byte)'=' || Turns(word) > 0 || IsToken(word);
    }

    /// <summary>
    /// True for what looks like base64, a JSON web token (RFC 7515, Section 7.1) or a long hexadecimal number.
    /// </summary>
    public static bool IsToken(ReadOnlySpan<byte> word)
    {
        if (word.Length < ShortestToken) return false;
        if (word.StartsWith("eyJ"u8)) return true;
        var digits = word.TrimEnd((byte)'=');
        if (!IsBase64(digits)) return false;
        if (digits.Length < word.Length || Turns(digits) >= 3) return true;
        var hasDigit = digits.ContainsAnyInRange((byte)'0', (byte)'9');
        var hasSmall = digits.ContainsAnyInRange((byte)'a', (byte)'z');
        var hasCapital = digits.ContainsAnyInRange((byte)'A', (byte)'Z');
        return hasDigit && ((hasSmall && hasCapital) || (digits.Length >= ShortestHexToken && IsHex(digits)));
    }

    // Runs of letters that tokens consist of, with the padding of base64.
    private static void AppendWord(StringBuilder shown, ReadOnlySpan<byte> word)
    {
        while (!word.IsEmpty)
        {
            var length = 0;
            while (length < word.Length && IsTokenLetter(word[length])) length++;
            var rest = word[length..].TrimStart((byte)'=');
            if (length > 0 && (rest.IsEmpty || !char.IsAsciiLetterOrDigit((char)rest[0])))
                length = word.Length - rest.Length;
            var run = word[..Math.Max(length, 1)];
            shown.Append(IsToken(run) ? ClearTextMask.Hidden : Printable.Ascii(run));
            word = word[run.Length..];
        }
    }

    // Where a word ends that announces a secret, and begins before the given place; 0 if there is none.
    private static int AnnouncementEnd(ReadOnlySpan<byte> line, int before, bool isClient)
    {
        for (var at = 0; at < before;)
        {
            var end = at;
            while (end < line.Length && IsWordLetter(line[end])) end++;
            if (end > at && Announces(line[at..end], isClient) && Separates(line[end..], isClient)) return end;
            at = end + 1;
        }
        return 0;
    }

    private static bool Announces(ReadOnlySpan<byte> word, bool isClient)
    {
        foreach (var letters in Announcing)
        {
            if (LinePattern.Contains(word, letters)) return true;
        }
        return isClient && LinePattern.Any(AnnouncingOfClients, word);
    }

    // True if something stands behind the word that it may announce.
    private static bool Separates(ReadOnlySpan<byte> rest, bool isClient)
    {
        if (rest.Trim(" \t=:\"'>"u8).IsEmpty) return false;
        rest = rest.TrimStart("\"'"u8);
        return rest[0] is (byte)'=' or (byte)':' or (byte)'>' || (isClient && rest[0] is (byte)' ' or (byte)'\t');
    }

    // application/x-www-form-urlencoded, or what is left of it
    private static bool IsForm(ReadOnlySpan<byte> line) =>
        !line.Contains((byte)' ') && line.Contains((byte)'&') && line.Contains((byte)'=');

    private static bool IsBase64(ReadOnlySpan<byte> word) => !word.IsEmpty && !word.ContainsAnyExcept(Base64Letters);

    private static bool IsHex(ReadOnlySpan<byte> word) => !word.ContainsAnyExcept(HexDigits);

    // How often capitals follow small letters: once in a name of two words, often in base64.
    private static int Turns(ReadOnlySpan<byte> word)
    {
        var turns = 0;
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsAsciiLetterUpper((char)word[i]) && char.IsAsciiLetterLower((char)word[i - 1])) turns++;
        }
        return turns;
    }

    private static bool IsTokenLetter(byte letter) => char.IsAsciiLetterOrDigit((char)letter)
        || letter is (byte)'+' or (byte)'/' or (byte)'-' or (byte)'_' or (byte)'.';

    private static bool IsWordLetter(byte letter) =>
        char.IsAsciiLetter((char)letter) || letter is (byte)'-' or (byte)'_';
}
