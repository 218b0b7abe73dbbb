using System.Globalization;
using System.Text;

namespace TlsInterop.Tls.Wire;

/// <summary>Text from foreign bytes that is safe in a terminal and a snapshot.</summary>
public static class Printable
{
    /// <summary>ASCII as it is; anything else, control characters too, as <c>\x1b</c>.</summary>
    public static string Ascii(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var octet in bytes)
        {
            if (octet is >= 0x20 and < 0x7f) text.Append((char)octet);
            else text.Append("\\x").Append(octet.ToString("x2"));
        }
        return text.ToString();
    }

    /// <summary>
    /// Text as it is, except for what moves a terminal's cursor or turns its direction: <c>\u202e</c>.
    /// </summary>
    public static string Text(string text)
    {
        if (!text.Any(MustEscape)) return text;

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (MustEscape(character)) escaped.Append("\\u").Append(((int)character).ToString("x4"));
            else escaped.Append(character);
        }
        return escaped.ToString();
    }

    private static bool MustEscape(char character) => char.IsControl(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
